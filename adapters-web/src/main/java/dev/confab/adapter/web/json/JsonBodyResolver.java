package dev.confab.adapter.web.json;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(JsonBody.class);
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binders) throws IOException {
        boolean optional = Objects.requireNonNull(parameter.getParameterAnnotation(JsonBody.class)).optional();
        var body = RequestBodies.open(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)),
                RequestBodies.MAX_BYTES);
        // Read to its end before it is bound, so that a body that is too large is reported before any other fault.
        byte[] bytes = body.isEmpty() && optional
                ? NO_MEMBERS
                : body.orElseThrow(RequestBodies::missing).readAllBytes();
        return StrictJson.bind(bytes, parameter.getParameterType());
    }
}
