package dev.confab.adapter.web.archive;

import dev.confab.adapter.web.json.RequestBodies;
import dev.confab.adapter.web.settings.WebSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Opens the bodies of requests that are archives. */
@Configuration(proxyBeanMethods = false)
class ArchiveBodies implements WebMvcConfigurer, HandlerMethodArgumentResolver {
    private final WebSettings settings;

    ArchiveBodies(WebSettings settings) {
        this.settings = settings;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == ArchiveBody.class;
    }

    @Override
    public ArchiveBody resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest request, @Nullable WebDataBinderFactory binders) throws IOException {
        InputStream body = RequestBodies.archive(
                Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)),
                settings.minBodyBytesPerSecond());
        return new ArchiveBody((bytes, offset, length) -> {
            try {
                return body.read(bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
