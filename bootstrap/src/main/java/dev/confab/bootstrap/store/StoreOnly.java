package dev.confab.bootstrap.store;

import dev.confab.bootstrap.metrics.StoreCalls;
import dev.confab.bootstrap.settings.ConfabSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The selected store without the rest of the application, for commands. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConfabSettings.class)
@Import(StoreSelector.class)
public class StoreOnly {

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

    /** The wirings of stores need one; no one reads it. */
    @Bean
    MeterRegistry meterRegistry() {
        return new SimpleMeterRegistry();
    }

    @Bean
    StoreCalls storeCalls(MeterRegistry registry) {
        return new StoreCalls(registry, Tracer.NOOP);
    }
}
