package dev.confab.adapter.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottledWarningsTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final ThrottledWarnings warnings = new ThrottledWarnings(nanos::get);

    @Test
    void the_first_warning_of_each_kind_is_logged_and_then_one_a_minute_that_counts_the_others() {
        assertThat(warnings.next(ProblemCode.OVERLOADED)).hasValue(0);
        assertThat(warnings.next(ProblemCode.OVERLOADED)).isEmpty();
        assertThat(warnings.next(ProblemCode.TOO_MANY_TURNS)).hasValue(0);
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(warnings.next(ProblemCode.OVERLOADED)).isEmpty();

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(warnings.next(ProblemCode.OVERLOADED)).hasValue(2);
        assertThat(warnings.next(ProblemCode.OVERLOADED)).isEmpty();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(warnings.next(ProblemCode.OVERLOADED)).hasValue(1);
        assertThat(warnings.next(ProblemCode.TOO_MANY_TURNS)).hasValue(0);
    }
}
