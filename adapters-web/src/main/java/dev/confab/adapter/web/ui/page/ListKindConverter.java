package dev.confab.adapter.web.ui.page;

import dev.confab.domain.conversation.InvalidValue;
import java.util.Arrays;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads the kind of a list from a query. */
@Configuration(proxyBeanMethods = false)
class ListKindConverter implements WebMvcConfigurer {
    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, ListKind.class, code -> Arrays.stream(ListKind.values())
                .filter(kind -> kind.code().equals(code)).findFirst()
                .orElseThrow(() -> new InvalidValue("view", "must be live, archived or bin")));
    }
}
