package dev.confab.adapter.web.info;

import dev.confab.adapter.web.settings.WebSettings;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/**
 * The API's description: written by hand, because the controllers read requests by hand, and held to the controllers by a test.
 * springdoc serves it at {@code /v3/api-docs}, with a page to browse it.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiDescription {

    @Bean
    OpenAPI openApi(WebSettings settings) {
        try (InputStream yaml = new ClassPathResource("openapi.yaml", OpenApiDescription.class).getInputStream()) {
            OpenAPI description = Yaml31.mapper().readValue(yaml, OpenAPI.class);
            description.getInfo().setVersion(settings.version());
            return description;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
