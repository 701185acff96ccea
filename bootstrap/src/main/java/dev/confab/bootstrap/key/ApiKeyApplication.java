package dev.confab.bootstrap.key;

import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.OnlyTheStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The smallest part of the application that has API keys: the selected store and the use case. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConfabSettings.class)
@Import({OnlyTheStore.class, ApiKeyWiring.class})
class ApiKeyApplication {
}
