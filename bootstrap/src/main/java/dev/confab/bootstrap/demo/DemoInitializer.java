package dev.confab.bootstrap.demo;

import dev.confab.bootstrap.failure.CannotStart;
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
 * With the profile {@code demo}, starts a PostgreSQL before any bean exists and sets the properties that name the database. Its data
 * stays in {@code confab.demo.directory}, by default {@code ./demo-postgres}.
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
            throw new CannotStart(
                    "The profile demo needs the embedded PostgreSQL, which the packaged jar does not contain.",
                    "Run the demo from the sources: mvn spring-boot:run -Dspring-boot.run.profiles=demo. Or start without the "
                            + "profile and name a server: --confab.persistence=jpa --spring.datasource.url=jdbc:postgresql://...");
        }
        DemoServer server = DemoServer
                .start(Path.of(environment.getProperty("confab.demo.directory", "demo-postgres")));
        // Spring destroys in the reverse order of registration, so this server stops after the store.
        ((DefaultListableBeanFactory) context.getBeanFactory()).registerDisposableBean("demoPostgres", server::close);
        environment.getPropertySources().addFirst(new MapPropertySource("demo", Map.of(
                "confab.persistence", "jpa",
                "spring.datasource.url", server.url(),
                "spring.datasource.username", DemoServer.USER,
                "spring.datasource.password", "")));
    }
}
