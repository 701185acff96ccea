package dev.confab.adapter.web;

import dev.confab.adapter.web.security.NoLogIn;
import dev.confab.adapter.web.settings.ConnectionLimits;
import dev.confab.adapter.web.settings.HostSettings;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.domain.access.Limits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The API on a real server, without log-in. Not annotated as a configuration, because scanning would add it to the other servers. */
@EnableAutoConfiguration
@Import({WebConfiguration.class, NoLogIn.class, TestUseCases.class})
class TestServer {
    static final String ALLOWED_ORIGIN = "https://app.example";
    static final int MAX_CONNECTIONS = 1_000;
    static final int MAX_STREAMS = 60;
    static final long MAX_UPLOAD_BYTES = 3_000_000;
    static final long MAX_IMPORT_BYTES = 10_000_000;
    static final long MAX_BODY_BYTES_IN_FLIGHT = 12_000_000;

    @Bean
    WebSettings webSettings() {
        return settings(HostSettings.local());
    }

    static WebSettings settings(HostSettings hosts) {
        return settings(hosts, Limits.NONE);
    }

    static WebSettings settings(HostSettings hosts, Limits limits) {
        byte[] key = "a key for the tests of cursors".getBytes(StandardCharsets.UTF_8);
        return new WebSettings("1.2.3", "reference", Duration.ofSeconds(2), new SecretKeySpec(key, "HmacSHA256"),
                MAX_IMPORT_BYTES, MAX_BODY_BYTES_IN_FLIGHT, Set.of(ALLOWED_ORIGIN), Duration.ofMillis(300),
                new ConnectionLimits(MAX_CONNECTIONS, MAX_STREAMS), 1_000, hosts, limits);
    }
}
