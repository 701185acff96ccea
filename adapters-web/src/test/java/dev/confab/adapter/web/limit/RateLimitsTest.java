package dev.confab.adapter.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.request.Caller;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Limits.Rate;
import dev.confab.domain.conversation.OwnerId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final Rate RATE = new Rate(2, 10);
    private static final Caller ANN = new Caller("key 1", new OwnerId("ann"), () -> true);

    private final AtomicLong now = new AtomicLong();
    private final RateLimits limits = new RateLimits(now::get);

    private int taken(Caller caller, Rate rate, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += limits.take(caller, rate).isConsumed() ? 1 : 0;
        }
        return taken;
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void an_owner_has_the_burst_and_then_the_rate() {
        assertThat(taken(ANN, RATE, 100)).isEqualTo(10);
        pass(Duration.ofMillis(499));
        assertThat(taken(ANN, RATE, 100)).isEqualTo(0);
        pass(Duration.ofMillis(1));
        assertThat(taken(ANN, RATE, 100)).isEqualTo(1);
        pass(Duration.ofHours(1));
        assertThat(taken(ANN, RATE, 100)).isEqualTo(10);
    }

    @Test
    void a_bucket_that_is_forgotten_gives_no_more_requests_than_one_that_is_kept() {
        assertThat(taken(ANN, RATE, 10)).isEqualTo(10);
        // In 5 s an empty bucket becomes full; a look at it any earlier finds the old one.
        int all = 0;
        for (int second = 1; second <= 4; second++) {
            pass(Duration.ofSeconds(1));
            all += taken(ANN, RATE, 100);
        }
        assertThat(all).isEqualTo(8);
        pass(Duration.ofMillis(4_999));
        assertThat(taken(ANN, RATE, 100)).isEqualTo(9);
    }

    @Test
    void buckets_that_are_full_again_are_forgotten() {
        for (int i = 0; i < 100; i++) {
            limits.take(new Caller("key 1", new OwnerId("owner " + i), () -> true), RATE);
        }
        assertThat(limits.inUse()).isEqualTo(100);

        pass(Duration.ofSeconds(7));

        assertThat(limits.inUse()).isZero();
    }

    @Test
    void each_owner_has_one_bucket_for_all_keys_and_a_key_with_a_rate_of_its_own_has_one_for_each_owner() {
        var own = new Limits(Optional.of(new Rate(1, 3)), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
        var asOwners = new Caller("key 4", ANN.owner(), () -> true, new Limits(Optional.of(RATE), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty()));
        var otherKey = new Caller("key 2", ANN.owner(), () -> true);
        var limited = new Caller("key 3", ANN.owner(), () -> true, own);
        var limitedForBen = new Caller("key 3", new OwnerId("ben"), () -> true, own);

        assertThat(taken(ANN, RATE, 6) + taken(otherKey, RATE, 100)).isEqualTo(10);
        assertThat(taken(limited, own.rate().orElseThrow(), 100)).isEqualTo(3);
        assertThat(taken(asOwners, RATE, 100)).isEqualTo(10);
        assertThat(taken(limitedForBen, own.rate().orElseThrow(), 100)).isEqualTo(3);
        assertThat(taken(new Caller("key 1", new OwnerId("ben"), () -> true), RATE, 100)).isEqualTo(10);
    }
}
