package dev.confab.bootstrap.settings;

import dev.confab.bootstrap.settings.ConfabSettings.Security;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives Spring Boot's settings of health the defaults that fit {@code confab.security}: everyone sees the details without log-in, and
 * callers with the scope {@code admin} with it. A probe is answered without them.
 */
final class HealthDetails implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String PREFIX = "management.endpoint.health.";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        var security = Binder.get(environment).bind("confab.security", Security.class).orElse(Security.NONE);
        Map<String, Object> defaults = security == Security.NONE
                ? Map.of(PREFIX + "show-details", "always")
                : Map.of(PREFIX + "show-details", "when-authorized", PREFIX + "roles", "SCOPE_admin");
        environment.getPropertySources().addLast(new MapPropertySource("details of health", defaults));
    }
}
