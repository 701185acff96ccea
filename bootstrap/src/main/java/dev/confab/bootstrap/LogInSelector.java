package dev.confab.bootstrap;

import dev.confab.adapter.web.security.ApiKeyLogIn;
import dev.confab.adapter.web.security.issuer.JwtLogIn;
import dev.confab.adapter.web.security.NoLogIn;
import dev.confab.bootstrap.settings.ConfabSettings.Security;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Imports the configurations of the way to log in that {@code confab.security} names, and of no other. */
final class LogInSelector implements ImportSelector {
    private final Environment environment;

    LogInSelector(Environment environment) {
        this.environment = environment;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        return switch (Binder.get(environment).bind("confab.security", Security.class).orElse(Security.NONE)) {
            case NONE -> names(NoLogIn.class, LogInWiring.Open.class);
            case API_KEYS -> names(ApiKeyLogIn.class);
            case JWT -> names(JwtLogIn.class, LogInWiring.Tokens.class);
        };
    }

    private static String[] names(Class<?>... configurations) {
        var names = new String[configurations.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = configurations[i].getName();
        }
        return names;
    }
}
