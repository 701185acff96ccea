package dev.confab.bootstrap;

import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.StoreSelector;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.context.annotation.Import;

/** Starts Confab. Apart from the store, which {@link StoreSelector} finds, every configuration class is listed here. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(ConfabSettings.class)
@Import({StoreSelector.class, TurnWiring.class, UseCaseWiring.class, WebWiring.class, OperationWiring.class})
public class ConfabApplication {

    /**
     * Runs until the process is stopped. Exits with code 1 if it cannot start. Reads {@code application.properties} in the working
     * directory, as every Spring Boot application does, and then the one beside the jar, wherever it was started from.
     */
    public static void main(String[] args) {
        var application = new SpringApplication(ConfabApplication.class);
        var besideTheJar = new ApplicationHome(ConfabApplication.class).getDir().toURI();
        application.setDefaultProperties(Map.of("spring.config.additional-location", "optional:" + besideTheJar));
        application.run(args);
    }
}
