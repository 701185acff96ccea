package dev.confab.bootstrap;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Starts Confab. Nothing is scanned for here: what it is made of is named. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(ConfabSettings.class)
@Import({FileStoreWiring.class, JpaStoreWiring.class, TurnWiring.class, UseCaseWiring.class, WebWiring.class,
        OperationWiring.class})
public class ConfabApplication {

    /** Runs until it is told to end; exit code 1 when it cannot start. */
    public static void main(String[] args) {
        SpringApplication.run(ConfabApplication.class, args);
    }
}
