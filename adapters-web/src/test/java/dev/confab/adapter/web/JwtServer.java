package dev.confab.adapter.web;

import dev.confab.adapter.web.security.issuer.JwtLogIn;
import dev.confab.adapter.web.settings.HostSettings;
import dev.confab.adapter.web.settings.JwtSettings;
import dev.confab.adapter.web.settings.WebSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The API on a real server, with log-in by the tokens of an issuer. */
@EnableAutoConfiguration
@Import({WebConfiguration.class, JwtLogIn.class, TestUseCases.class})
class JwtServer {
    @Bean
    WebSettings webSettings() {
        return TestServer.settings(new HostSettings(true, Set.of(), List.of()));
    }

    @Bean(destroyMethod = "close")
    TestIssuer issuer() {
        return new TestIssuer();
    }

    @Bean
    JwtSettings jwtSettings(TestIssuer issuer) {
        return new JwtSettings(issuer.name(), TestIssuer.AUDIENCE, Optional.empty(), "scope",
                Set.of(JwtSettings.Algorithm.RS256),
                Optional.of(
                        new JwtSettings.Client("confab-pages", Optional.of("its secret"), Set.of("read", "write"))));
    }
}
