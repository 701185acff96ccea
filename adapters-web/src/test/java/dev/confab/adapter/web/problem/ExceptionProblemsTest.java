package dev.confab.adapter.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnSuperseded;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExceptionProblemsTest {

    /** No request names a step, so no test of a call sees this one. */
    @Test
    void a_request_that_lost_a_race_against_the_turn_may_be_repeated() {
        ProblemException problem = ExceptionProblems.of(new TurnSuperseded(new TurnId(UUID.randomUUID())),
                Duration.ofSeconds(2));

        assertThat(problem.code()).isEqualTo(ProblemCode.LOCK_TIMEOUT);
        assertThat(problem.getBody().getProperties()).containsEntry("repeatable", true);
        assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("2");
    }
}
