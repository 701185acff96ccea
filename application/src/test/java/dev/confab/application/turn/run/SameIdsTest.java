package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.BEN;
import static dev.confab.application.turn.run.TurnWorld.MADE;
import static dev.confab.application.turn.run.TurnWorld.await;
import static dev.confab.application.turn.run.TurnWorld.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.Sessions.Creation;
import dev.confab.application.TurnEvents.TurnEvent.Delta;
import dev.confab.application.Turns.Start.Prompt;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnIdReused;
import dev.confab.domain.session.TurnState.Completed;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients choose ids, and an id is unique in its conversation only. */
@Timeout(60)
class SameIdsTest {
    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Session anns = one.session();
    private final Session bens = one.sessions
            .create(BEN, new Creation(MADE, Optional.empty(), Optional.empty(), Settings.NONE)).value().session();

    @Test
    void turns_of_two_owners_with_one_id_both_run_and_have_nothing_of_each_other() throws InterruptedException {
        var held = one.assistant.holds("For Ann only");
        Turn turn = one.turns.start(ANN, anns.id(), new Prompt(given(1), MADE, "Hi")).value();
        held.said.await();
        var heard = one.assistant.holds("For Ben only");
        one.turns.start(BEN, bens.id(), new Prompt(given(1), MADE, "Hi"));
        heard.said.await();

        one.turns.cancel(BEN, turn.id());
        heard.interrupted.await();
        held.goOn(".");

        assertThat(one.finished(turn).state()).isEqualTo(new Completed());
        assertThat(one.texts(anns.conversationId())).containsExactly("Hi", "For Ann only.");
        assertThat(one.texts(bens.conversationId())).containsExactly("Hi", "For Ben only");
        assertThat(one.follow(turn.id(), 0)).filteredOn(Delta.class::isInstance)
                .extracting(event -> ((Delta) event).text()).containsExactly("For Ann only", ".");
    }

    @Test
    void two_owners_who_follow_turns_with_the_same_id_from_another_instance_both_get_the_end() {
        one.assistant.holds();
        Turn turn = one.turns.start(ANN, anns.id(), new Prompt(given(1), MADE, "Hi")).value();
        one.assistant.holds();
        one.turns.start(BEN, bens.id(), new Prompt(given(1), MADE, "Hi"));
        var elsewhere = world.instance();
        var news = new Semaphore(0);

        try (var _ = elsewhere.events.watch(turn.id(), news::release)) {
            assertThat(elsewhere.events.after(ANN, turn.id(), 0).ended()).isFalse();
            assertThat(elsewhere.events.after(BEN, turn.id(), 0).ended()).isFalse();
            one.turns.cancel(ANN, turn.id());
            await(() -> news.drainPermits() > 0);
            await(() -> elsewhere.events.after(ANN, turn.id(), 0).ended());
            news.drainPermits();
            one.turns.cancel(BEN, turn.id());
            await(() -> news.tryAcquire());
        }
    }

    @Test
    void an_id_of_the_owners_turn_in_another_conversation_is_refused_because_that_turn_could_not_be_named() {
        one.finished(one.turns.start(ANN, anns.id(), new Prompt(given(1), MADE, "Hi")).value());
        Session other = one.session();

        assertThatThrownBy(() -> one.turns.start(ANN, other.id(), new Prompt(given(1), MADE, "Hi")))
                .isInstanceOf(TurnIdReused.class);

        assertThat(one.texts(other.conversationId())).isEmpty();
    }
}
