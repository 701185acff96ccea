package dev.confab.adapter.web.json;

import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.domain.port.ConversationTransaction;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.util.LimitedInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Opens the bodies of requests after checking their media type and declared size. */
public final class RequestBodies {
    /** The largest body of any request but an import. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    /** The media type of an archive. */
    public static final String ARCHIVE = "application/gzip";

    /** Tomcat would read parameters from such a body. */
    private static final String FORM = "application/x-www-form-urlencoded";

    /** The most that is kept of any body: an import rejects more while it reads. */
    private static final long MAX_KEPT_BYTES = ConversationTransaction.MAX_CREATION_BYTES;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);
    private static final List<MediaType> MERGE_PATCH = List.of(new MediaType("application", "merge-patch+json"),
            MediaType.APPLICATION_JSON);

    private RequestBodies() {
    }

    /** Empty when the request has no body; then its media type does not matter. */
    static Optional<InputStream> open(HttpServletRequest request, long maxBytes, long minBytesPerSecond)
            throws IOException {
        // Before the first read, which asks a client that sent "Expect: 100-continue" for its body.
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        var body = new PushbackInputStream(
                new MinimumRate(request.getInputStream(), minBytesPerSecond, System::nanoTime),
                BYTE_ORDER_MARK.length);
        byte[] first = body.readNBytes(1);
        if (first.length == 0) {
            return Optional.empty();
        }
        body.unread(first);
        requireJson(request);
        var share = BodyBudget.shareOf(request);
        // A body of an unknown length takes its share as it arrives.
        share.reserve(Math.min(request.getContentLengthLong(), MAX_KEPT_BYTES));
        skipByteOrderMark(body);
        return Optional.of(new LimitedInputStream(body, maxBytes) {
            private long read;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                read += Math.max(count, 0);
                share.reserve(Math.min(read, MAX_KEPT_BYTES));
                return count;
            }

            @Override
            protected void raiseError(long limit, long count) {
                throw tooLarge(limit);
            }
        });
    }

    /** The body of an import of a whole store, of any size: it is read conversation by conversation. */
    public static InputStream archive(HttpServletRequest request, long minBytesPerSecond) throws IOException {
        requireType(request, List.of(MediaType.parseMediaType(ARCHIVE)), ARCHIVE, "Accept");
        // A conversation of the largest size may be in memory, whatever the length of the body.
        BodyBudget.shareOf(request).reserve(MAX_KEPT_BYTES);
        return new MinimumRate(request.getInputStream(), minBytesPerSecond, System::nanoTime);
    }

    /** A body of any media type, as it arrives, for a use that does not keep it in memory. */
    public static InputStream upload(HttpServletRequest request, long maxBytes, long minBytesPerSecond)
            throws IOException {
        // Before the first read, which asks a client that sent "Expect: 100-continue" for its body.
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        refuseEncoded(request);
        if (String.valueOf(request.getContentType()).startsWith(FORM)) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be the file itself, such as application/octet-stream, or multipart/form-data.");
        }
        return new LimitedInputStream(new MinimumRate(request.getInputStream(), minBytesPerSecond, System::nanoTime),
                maxBytes) {
            @Override
            protected void raiseError(long limit, long count) {
                throw tooLarge(limit);
            }
        };
    }

    /** Some editors write the mark at the start of a file (RFC 8259, section 8.1, allows to ignore it). */
    private static void skipByteOrderMark(PushbackInputStream body) throws IOException {
        byte[] start = body.readNBytes(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(start, BYTE_ORDER_MARK)) {
            body.unread(start);
        }
    }

    static ProblemException missing() {
        return ProblemException.invalid("A JSON body is required.");
    }

    private static ProblemException tooLarge(long limit) {
        return new ProblemException(ProblemCode.CONTENT_TOO_LARGE, "The body has more than " + limit + " bytes.");
    }

    private static void requireJson(HttpServletRequest request) {
        boolean isPatch = request.getMethod().equals("PATCH");
        List<MediaType> types = isPatch ? MERGE_PATCH : JSON;
        requireType(request, types, MediaType.toString(types) + " in UTF-8", isPatch ? "Accept-Patch" : "Accept");
    }

    /** @param header names the types in the response to another one */
    private static void requireType(HttpServletRequest request, List<MediaType> types, String supported,
            String header) {
        if (Collections.list(request.getHeaders("Content-Type")).size() > 1) {
            throw ProblemException.invalid("Content-Type: must not be repeated");
        }
        refuseEncoded(request);
        if (types.stream().noneMatch(type -> isUtf8(request.getContentType(), type))) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body must be " + supported + ".")
                    .withHeader(header, MediaType.toString(types));
        }
    }

    private static void refuseEncoded(HttpServletRequest request) {
        if (request.getHeader("Content-Encoding") != null) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must not have a Content-Encoding.").withHeader("Accept-Encoding", "identity");
        }
    }

    private static boolean isUtf8(@Nullable String contentType, MediaType expected) {
        try {
            MediaType type = MediaType.parseMediaType(String.valueOf(contentType));
            return type.equalsTypeAndSubtype(expected)
                    && (type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset()));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }
}
