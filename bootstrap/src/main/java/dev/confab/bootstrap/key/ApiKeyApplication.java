package dev.confab.bootstrap.key;

import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.StoreSelector;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The smallest part of the application that has API keys: the selected store and the use case. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConfabSettings.class)
@Import({StoreSelector.class, ApiKeyWiring.class})
class ApiKeyApplication {

    /**
     * Makes all beans lazy, because the wiring of a store also declares beans that need the whole application. Spring Boot's lazy
     * initialization would still create some of them.
     */
    @Bean
    static BeanFactoryPostProcessor onlyWhatIsAskedFor() {
        return beans -> {
            for (String name : beans.getBeanDefinitionNames()) {
                beans.getBeanDefinition(name).setLazyInit(true);
            }
        };
    }

    /** The wirings of stores require one; its meters are never read. */
    @Bean
    MeterRegistry meterRegistry() {
        return new SimpleMeterRegistry();
    }
}
