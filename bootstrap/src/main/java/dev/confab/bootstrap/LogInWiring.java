package dev.confab.bootstrap;

import dev.confab.adapter.web.settings.JwtSettings;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.operation.LoopbackOnly;
import dev.confab.bootstrap.settings.ConfabSettings;
import java.net.InetAddress;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Beans that the ways to log in need beside the web adapter's own configurations. {@link LogInSelector} imports one of these. */
final class LogInWiring {
    private LogInWiring() {
    }

    /** {@code confab.security=none}. */
    static final class Open {
        @Bean
        LoopbackOnly loopbackOnly(ServerProperties server, Environment environment) {
            var binder = Binder.get(environment);
            return new LoopbackOnly(server.getAddress(),
                    binder.bind("management.server.port", Integer.class).isBound(),
                    binder.bind("management.server.address", InetAddress.class).orElse(null));
        }
    }

    /** {@code confab.security=jwt}. */
    static final class Tokens {
        @Bean
        JwtSettings jwtSettings(ConfabSettings settings) {
            var jwt = settings.jwt();
            return new JwtSettings(required("issuer", jwt.issuer()), required("audience", jwt.audience()),
                    jwt.jwkSetUri(), jwt.scopeClaim(), jwt.algorithms(), client(jwt));
        }

        private static Optional<JwtSettings.Client> client(ConfabSettings.Jwt jwt) {
            Optional<String> id = jwt.clientId().filter(text -> !text.isBlank());
            if (id.isEmpty() && jwt.clientSecret().isPresent()) {
                throw new CannotStart("confab.jwt.client-secret is set, and confab.jwt.client-id is not.",
                        "Set confab.jwt.client-id to the id under which the issuer knows Confab, or remove the secret.");
            }
            return id.map(known -> new JwtSettings.Client(known, jwt.clientSecret(), jwt.clientScopes()));
        }

        private static String required(String name, Optional<String> value) {
            return value.filter(text -> !text.isBlank()).orElseThrow(() -> new CannotStart(
                    "confab.security is jwt, and confab.jwt." + name + " is not set.",
                    "Set confab.jwt.issuer to the claim iss of the tokens, and confab.jwt.audience to a value of their "
                            + "claim aud that only tokens for Confab have."));
        }

        @Bean
        Clock clock() {
            return Clock.tickMillis(ZoneOffset.UTC);
        }
    }
}
