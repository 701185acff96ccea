package dev.confab.bootstrap.demo;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.util.ClassUtils;

/**
 * With the profile {@code demo}, starts a PostgreSQL before any bean exists and points the settings at it. Its data stays in {@code confab.demo.directory}, by default
 * {@code ./demo-postgres}.
 */
final class DemoInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String LIBRARY = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!environment.acceptsProfiles(Profiles.of("demo"))) {
            return;
        }
        if (!ClassUtils.isPresent(LIBRARY, context.getClassLoader())) {
            throw new DemoCannotStart(
                    "The profile demo needs the embedded PostgreSQL, which the packaged jar leaves out.",
                    "Run the demo from the sources: mvn spring-boot:run -Dspring-boot.run.profiles=demo. Or leave the profile "
                            + "out and name a server: --confab.persistence=jpa --spring.datasource.url=jdbc:postgresql://...");
        }
        DemoServer server = DemoServer
                .start(Path.of(environment.getProperty("confab.demo.directory", "demo-postgres")));
        // What is registered first is destroyed last: after the store.
        ((DefaultListableBeanFactory) context.getBeanFactory()).registerDisposableBean("demoPostgres", server::close);
        environment.getPropertySources().addFirst(new MapPropertySource("demo", Map.of(
                "confab.persistence", "jpa",
                "spring.datasource.url", server.url(),
                "spring.datasource.username", DemoServer.USER,
                "spring.datasource.password", "")));
    }
}
