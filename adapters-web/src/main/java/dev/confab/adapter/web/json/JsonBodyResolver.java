package dev.confab.adapter.web.json;

import dev.confab.adapter.web.settings.WebSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves the parameters annotated with {@link JsonBody}. */
public final class JsonBodyResolver implements HandlerMethodArgumentResolver {
    private static final byte[] NO_MEMBERS = "{}".getBytes(StandardCharsets.UTF_8);

    private final WebSettings settings;

    public JsonBodyResolver(WebSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(JsonBody.class);
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binders) throws IOException {
        var annotation = Objects.requireNonNull(parameter.getParameterAnnotation(JsonBody.class));
        var body = RequestBodies.open(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)),
                annotation.streamed() ? settings.maxImportBytes() : RequestBodies.MAX_BYTES,
                settings.minBodyBytesPerSecond());
        if (body.isEmpty() && annotation.optional()) {
            return StrictJson.bind(NO_MEMBERS, parameter.getParameterType());
        }
        InputStream json = body.orElseThrow(RequestBodies::missing);
        // Unless streamed, read to its end before it is bound, so that a body that is too large is reported before any other fault.
        return annotation.streamed()
                ? StrictJson.bind(json, parameter.getParameterType())
                : StrictJson.bind(json.readAllBytes(), parameter.getParameterType());
    }
}
