package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.RequestedId;
import dev.confab.application.Turns.Start.Prompt;
import dev.confab.application.Turns.TooManyRunningTurns;
import dev.confab.application.Turns.TooManyTurnsOfOwner;
import dev.confab.application.Usages.CallerLimits;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.access.Limits;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnState.Completed;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** At most a number of turns run at once; here one. */
@Timeout(60)
class RunPermitsTest {
    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance(
            new TurnSettings(Duration.ofSeconds(30), Duration.ofMinutes(5), TurnWorld.SETTINGS.contextTokens(), 1,
                    TurnWorld.SETTINGS.toolsNeedingApproval()));
    private final Session first = one.session();
    private final Session second = one.session();

    @Test
    void a_turn_too_many_is_refused_and_nothing_is_recorded() throws InterruptedException {
        var held = one.assistant.holds("So far");
        Turn running = one.start(first, "Hi");
        held.said.await();

        assertThatThrownBy(() -> one.start(second, "Hi")).isInstanceOf(TooManyRunningTurns.class);

        assertThat(one.texts(second.conversationId())).isEmpty();
        held.goOn();
        one.finished(running);
        assertThat(one.finished(one.start(second, "Hi")).state()).isEqualTo(new Completed());
    }

    @Test
    void an_owner_has_at_most_the_turns_of_the_request_s_limit_and_other_owners_have_theirs() {
        var permits = new RunPermits(3);
        try (var first = permit(permits, "ann", 2); var second = permit(permits, "ann", 2)) {
            first.acquire();
            second.acquire();
            second.acquire();
            assertThatThrownBy(permit(permits, "ann", 2)::acquire).isInstanceOf(TooManyTurnsOfOwner.class);
            try (var withAHigherLimit = permit(permits, "ann", 3)) {
                withAHigherLimit.acquire();
            }
            try (var others = permit(permits, "ben", 1)) {
                others.acquire();
                assertThatThrownBy(permit(permits, "ben", 1)::acquire).isInstanceOf(TooManyTurnsOfOwner.class);
                assertThatThrownBy(permit(permits, "eve", 1)::acquire).isInstanceOf(TooManyRunningTurns.class);
            }
        }
        try (var again = permit(permits, "ann", 1)) {
            again.acquire();
        }
    }

    private static RunPermits.Permit permit(RunPermits permits, String owner, int limit) {
        var limits = new Limits(Optional.empty(), Optional.empty(), Optional.of(limit), Optional.empty(),
                Optional.empty());
        return new CallerLimits(new OwnerId(owner), limits).call(() -> permits.permit(new OwnerId(owner)));
    }

    @Test
    void a_repeated_start_returns_its_turn_although_no_more_may_run() throws InterruptedException {
        var held = one.assistant.holds("So far");
        var request = new Prompt(TurnWorld.given(1), new RequestedId.Unnamed(), "Hi");
        Turn running = one.turns.start(ANN, first.id(), request).value();
        held.said.await();

        var repeated = one.turns.start(ANN, first.id(), request);

        assertThat(repeated.isNew()).isFalse();
        assertThat(repeated.value().id()).isEqualTo(running.id());
        held.goOn();
        one.finished(running);
    }

    @Test
    void refused_and_repeated_starts_use_up_no_permit() {
        Turn turn = one
                .finished(one.turns.start(ANN, first.id(), new Prompt(TurnWorld.given(1), TurnWorld.given(2), "Hi"))
                        .value());
        for (int i = 0; i < 3; i++) {
            assertThat(
                    one.turns.start(ANN, first.id(), new Prompt(TurnWorld.given(1), TurnWorld.given(2), "Hi")).value())
                    .isEqualTo(turn);
            assertThatThrownBy(() -> one.turns.start(ANN, first.id(),
                    new Prompt(TurnWorld.given(1), TurnWorld.given(2), "Ho"))).isInstanceOf(RuntimeException.class);
        }

        assertThat(one.finished(one.start(second, "Hi")).state()).isEqualTo(new Completed());
    }

    @Test
    void a_turn_that_waits_for_an_approval_has_no_permit_and_needs_one_to_go_on() throws InterruptedException {
        one.assistant.needs("May I?", new ToolRequest("search", "{}"));
        Turn asked = one.awaited(one.start(first, "Find"), "awaiting-approval");
        var held = one.assistant.holds("So far");
        Turn running = one.start(second, "Hi");
        held.said.await();
        var yes = new Approval(true, Optional.empty());

        assertThatThrownBy(() -> one.turns.answer(ANN, asked.id(), "call-1", yes))
                .isInstanceOf(TooManyRunningTurns.class);
        assertThat(one.get(asked.id()).state().label()).isEqualTo("awaiting-approval");

        held.goOn();
        one.finished(running);
        one.turns.answer(ANN, asked.id(), "call-1", yes);
        assertThat(one.finished(asked).state()).isEqualTo(new Completed());
    }
}
