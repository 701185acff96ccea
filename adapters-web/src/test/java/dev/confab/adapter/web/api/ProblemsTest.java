package dev.confab.adapter.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnSuperseded;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    /** No request names a step, so no test of a call sees this one. */
    @Test
    void a_request_that_lost_a_race_against_the_turn_may_be_repeated() {
        Problem problem = Problems.of(new TurnSuperseded(new TurnId(UUID.randomUUID())), Duration.ofSeconds(2));

        assertThat(problem.code()).isEqualTo(ProblemCode.LOCK_TIMEOUT);
        assertThat(problem.repeatable()).contains(true);
        assertThat(problem.headers()).containsEntry("Retry-After", "2");
    }
}
