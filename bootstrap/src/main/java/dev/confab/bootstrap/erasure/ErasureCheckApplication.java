package dev.confab.bootstrap.erasure;

import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.OnlyTheStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The least of the application that can look into the selected store. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConfabSettings.class)
@Import(OnlyTheStore.class)
class ErasureCheckApplication {
}
