package dev.confab.bootstrap.erasure;

import dev.confab.bootstrap.store.StoreOnly;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The smallest part of the application that can search the selected store. */
@Configuration(proxyBeanMethods = false)
@Import(StoreOnly.class)
class ErasureCheckApplication {
}
