package dev.confab.bootstrap;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts Confab. Everything it is made of is named in a {@code @Bean} method of this package. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(ConfabSettings.class)
public class ConfabApplication {

    /** Runs until it is told to end; exit code 1 when it cannot start. */
    public static void main(String[] args) {
        SpringApplication.run(ConfabApplication.class, args);
    }
}
