package dev.confab.adapter.web.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Opens the bodies of requests: their media type and size are checked before a byte is believed. */
final class Bodies {
    /** Of any request but an import. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final MediaType MERGE_PATCH = new MediaType("application", "merge-patch+json");
    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);
    private static final List<MediaType> PATCH = List.of(MERGE_PATCH, MediaType.APPLICATION_JSON);

    private Bodies() {
    }

    /** The JSON of a request that must have some. */
    static JsonValue json(HttpServletRequest request) throws IOException {
        return JsonInput.document(open(request, JSON, MAX_BYTES).orElseThrow(Bodies::missing));
    }

    /** The JSON of a request that may have none. */
    static Optional<JsonValue> optionalJson(HttpServletRequest request) throws IOException {
        return open(request, JSON, MAX_BYTES).map(JsonInput::document);
    }

    /** The merge-patch of a request. */
    static JsonValue mergePatch(HttpServletRequest request) throws IOException {
        return JsonInput.document(open(request, PATCH, MAX_BYTES).orElseThrow(Bodies::missing));
    }

    /** The JSON of a request as it arrives. */
    static InputStream stream(HttpServletRequest request, long maxBytes) throws IOException {
        return open(request, JSON, maxBytes).orElseThrow(Bodies::missing);
    }

    /** Refuses what a request without fields cannot mean; {@code {}} means the same as nothing. */
    static void none(HttpServletRequest request) throws IOException {
        optionalJson(request).ifPresent(json -> Members.of(json, Pointer.ROOT));
    }

    private static Optional<InputStream> open(HttpServletRequest request, List<MediaType> types, long maxBytes)
            throws IOException {
        var body = new PushbackInputStream(request.getInputStream());
        int first = body.read();
        if (first < 0) {
            return Optional.empty();
        }
        body.unread(first);
        requireType(request, types);
        if (request.getContentLengthLong() > maxBytes) {
            throw ApiException.of(ProblemCode.CONTENT_TOO_LARGE, BoundedBody.tooLarge(maxBytes));
        }
        return Optional.of(new BoundedBody(body, maxBytes));
    }

    private static void requireType(HttpServletRequest request, List<MediaType> types) {
        String contentType = request.getContentType();
        if (contentType != null) {
            try {
                MediaType type = MediaType.parseMediaType(contentType);
                boolean utf8 = type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset());
                if (utf8 && types.stream().anyMatch(type::equalsTypeAndSubtype)) {
                    return;
                }
            } catch (InvalidMediaTypeException malformed) {
                // as unsupported as any other
            }
        }
        throw new ApiException(Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "the body must be " + MediaType.toString(types) + " in UTF-8")
                .withHeader("PATCH".equals(request.getMethod()) ? "Accept-Patch" : "Accept",
                        MediaType.toString(types)));
    }

    private static ApiException missing() {
        return ApiException.invalid("a JSON body is needed");
    }
}
