package dev.confab.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.access.Limits.Rate;
import dev.confab.domain.conversation.InvalidValue;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final Limits SERVICE = new Limits(Optional.of(new Rate(10, 20)), Optional.of(3), Optional.empty(),
            Optional.of(4L), Optional.of(5));

    @Test
    void a_key_s_limits_replace_the_service_s_one_by_one() {
        var key = new Limits(Optional.empty(), Optional.of(30), Optional.of(7), Optional.of(1L), Optional.empty());

        assertThat(key.over(SERVICE)).isEqualTo(new Limits(SERVICE.rate(), Optional.of(30), Optional.of(7),
                Optional.of(1L), Optional.of(5)));
        assertThat(Limits.NONE.over(SERVICE)).isEqualTo(SERVICE);
        assertThat(SERVICE.over(Limits.NONE)).isEqualTo(SERVICE);
    }

    @Test
    void the_default_burst_is_the_rate_of_five_seconds() {
        assertThat(Rate.of(7, Optional.empty())).isEqualTo(new Rate(7, 35));
        assertThat(Rate.of(7, Optional.of(3))).isEqualTo(new Rate(7, 3));
        assertThat(Rate.of(Rate.MAX, Optional.empty())).isEqualTo(new Rate(Rate.MAX, Rate.MAX));
    }

    @Test
    void a_limit_that_allows_nothing_or_cannot_be_counted_is_refused() {
        refuses("requestsPerSecond", () -> new Rate(0, 1));
        refuses("burst", () -> new Rate(1, 0));
        refuses("requestsPerSecond", () -> new Rate(Rate.MAX + 1, 1));
        refuses("burst", () -> new Rate(1, Rate.MAX + 1));
        refuses("eventStreams", () -> new Limits(Optional.empty(), Optional.of(0), Optional.empty(), Optional.empty(),
                Optional.empty()));
        refuses("runningTurns", () -> new Limits(Optional.empty(), Optional.empty(), Optional.of(-1), Optional.empty(),
                Optional.empty()));
        refuses("storedBytes", () -> new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(0L),
                Optional.empty()));
        refuses("conversations", () -> new Limits(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.of(0)));
    }

    private static void refuses(String field, Runnable making) {
        assertThatThrownBy(making::run).isInstanceOfSatisfying(InvalidValue.class,
                refusal -> assertThat(refusal.field()).isEqualTo(field));
    }
}
