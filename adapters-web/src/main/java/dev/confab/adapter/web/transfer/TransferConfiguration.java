package dev.confab.adapter.web.transfer;

import dev.confab.adapter.web.request.ArgumentResolver;
import dev.confab.adapter.web.request.RequestBodies;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.application.Transfer.Imported;
import dev.confab.application.Transfer.OnConflict;
import dev.confab.domain.conversation.InvalidValue;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets a handler declare what an import's body and query hold. */
@Configuration(proxyBeanMethods = false)
class TransferConfiguration implements WebMvcConfigurer {
    private final WebSettings settings;

    TransferConfiguration(WebSettings settings) {
        this.settings = settings;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ArgumentResolver<>(Imported.class, this::imported));
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, OnConflict.class, TransferConfiguration::onConflict);
    }

    private Imported imported(HttpServletRequest request) {
        try {
            return ImportReader.read(RequestBodies.required(request, settings.maxImportBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static OnConflict onConflict(String text) {
        if (text.equals("new-id")) {
            return OnConflict.NEW_ID;
        }
        throw new InvalidValue("onConflict", "must be new-id");
    }
}
