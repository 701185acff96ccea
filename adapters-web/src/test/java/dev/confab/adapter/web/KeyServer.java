package dev.confab.adapter.web;

import dev.confab.adapter.web.security.ApiKeyLogIn;
import dev.confab.adapter.web.settings.HostSettings;
import dev.confab.adapter.web.settings.WebSettings;
import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The API on a real server, with log-in by API keys, behind a proxy at 127.0.0.1. */
@EnableAutoConfiguration
@Import({WebConfiguration.class, ApiKeyLogIn.class, TestUseCases.class})
class KeyServer {
    static final String PUBLIC_HOST = "chat.example";

    @Bean
    WebSettings webSettings() {
        return TestServer.settings(
                new HostSettings(true, Set.of(PUBLIC_HOST, "127.0.0.1"), List.of("127.0.0.1/32")));
    }
}
