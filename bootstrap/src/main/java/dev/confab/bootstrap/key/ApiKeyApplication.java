package dev.confab.bootstrap.key;

import dev.confab.bootstrap.store.StoreOnly;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The smallest part of the application that has API keys: the selected store and the use case. */
@Configuration(proxyBeanMethods = false)
@Import({StoreOnly.class, ApiKeyWiring.class})
class ApiKeyApplication {
}
