package dev.confab.bootstrap.archive;

import dev.confab.bootstrap.store.StoreOnly;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The least of the application that moves a store: the selected store and the use case. */
@Configuration(proxyBeanMethods = false)
@Import({StoreOnly.class, ArchiveWiring.class})
class ArchiveApplication {
}
