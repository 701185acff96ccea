package dev.confab.adapter.web.ui;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.LiteWebJarsResourceResolver;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/** What all pages have in common: which scripts and styles a browser may run in them, and where it finds these. */
@Configuration(proxyBeanMethods = false)
class UiConfiguration implements WebMvcConfigurer {
    /** Only files of this service; nothing inline, no eval, no frame. A message that got past the sanitizer could still run nothing. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String PLACE = "classpath:/static/ui/";

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new HandlerInterceptor() {
            @Override
            public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                response.setHeader("Content-Security-Policy", POLICY);
                response.setHeader("Referrer-Policy", "no-referrer");
                return true;
            }
        }).addPathPatterns(UiPaths.CHAT, UiPaths.CHAT + "/**", UiPaths.LOG_IN);
    }

    /**
     * The files of the pages have a digest of all of them in their address, which links in templates get by themselves, and the modules'
     * imports of each other too, because these are relative. So a browser may keep a file, and has the new ones after an upgrade.
     */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(UiPaths.FILES).addResourceLocations(PLACE).resourceChain(true)
                .addResolver(new VersionResourceResolver().addFixedVersionStrategy(digest(), "/**"))
                .addTransformer(new FilesInMemory());
        registry.addResourceHandler("/webjars/**").addResourceLocations("classpath:/META-INF/resources/webjars/")
                .resourceChain(true).addResolver(new LiteWebJarsResourceResolver())
                .addTransformer(new FilesInMemory());
    }

    private static String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var files = new PathMatchingResourcePatternResolver().getResources(PLACE + "*");
            Arrays.sort(files, Comparator.comparing(file -> String.valueOf(file.getFilename())));
            for (Resource file : files) {
                digest.update(file.getContentAsByteArray());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("The files of the pages cannot be read.", e);
        }
    }
}
