package dev.confab.adapter.web;

import dev.confab.adapter.web.limit.RateClock;
import dev.confab.adapter.web.security.ApiKeyLogIn;
import dev.confab.adapter.web.settings.HostSettings;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Limits.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The API on a real server, with log-in by API keys and with limits. The time of its rates passes when a test says so. */
@EnableAutoConfiguration
@Import({WebConfiguration.class, ApiKeyLogIn.class, TestUseCases.class})
class LimitedServer {
    static final Limits LIMITS = new Limits(Optional.of(new Rate(2, 5)), Optional.of(2), Optional.of(1),
            Optional.of(2_000L), Optional.of(2));

    /** Stands still between the calls of {@link #pass}. */
    static final class StoppedClock implements RateClock {
        private final AtomicLong now = new AtomicLong();

        void pass(Duration time) {
            now.addAndGet(time.toNanos());
        }

        @Override
        public long getAsLong() {
            return now.get();
        }
    }

    @Bean
    StoppedClock rateClock() {
        return new StoppedClock();
    }

    @Bean
    WebSettings webSettings() {
        return TestServer.settings(new HostSettings(true, Set.of(), List.of()), LIMITS);
    }
}
