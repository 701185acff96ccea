package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static dev.confab.application.turn.run.TurnWorld.MADE;
import static dev.confab.application.turn.run.TurnWorld.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.Sessions.Creation;
import dev.confab.application.Turns.IfBusy;
import dev.confab.application.Turns.Start.Prompt;
import dev.confab.application.Turns.TooManyRunningTurns;
import dev.confab.application.turn.run.ScriptedAssistant.Held;
import dev.confab.application.turn.run.TurnWorld.Instance;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnState.Cancelled;
import dev.confab.domain.session.TurnState.Completed;
import dev.confab.domain.session.TurnState.Failed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The turn that waits begins with the end of the one before, whichever instance ends that, and runs there, once. */
@Timeout(60)
class HandOverTest {
    private static final Duration LEASE = TurnWorld.SETTINGS.lease();

    @AutoClose
    private final TurnWorld world = new TurnWorld();
    private final Instance one = world.instance();
    private final Instance two = world.instance();
    private final Session session = one.session();

    @Test
    void the_instance_that_ran_the_turn_before_runs_what_another_one_queued() throws InterruptedException {
        Held held = one.assistant.holds("So far");
        one.start(session, "Hi");
        held.said.await();
        Turn next = queue(two, "Also");

        held.goOn();

        assertThat(one.finished(next).state()).isEqualTo(new Completed());
        assertThat(one.assistant.questions).hasSize(2);
        assertThat(two.assistant.questions).isEmpty();
    }

    @Test
    void the_instance_that_cancels_a_turn_runs_the_next() throws InterruptedException {
        Held held = one.assistant.holds("So far");
        Turn first = one.start(session, "Hi");
        held.said.await();
        Turn next = queue(one, "Also");

        two.turns.cancel(ANN, first.id());

        assertThat(two.finished(next).state()).isEqualTo(new Completed());
        held.interrupted.await();
        assertThat(one.assistant.questions).hasSize(1);
        assertThat(two.assistant.questions).hasSize(1);
        assertThat(one.follow(next.id(), 0)).hasSize(4);
    }

    @Test
    void the_next_turn_begins_also_when_the_one_before_fails() throws InterruptedException {
        Held held = one.assistant.holds("So far");
        one.start(session, "Hi");
        held.said.await();
        one.assistant.then((question, sink) -> {
            throw new IllegalStateException("broken");
        });
        Turn second = queue(one, "Also");
        Turn third = queue(one, "And");

        held.goOn();

        assertThat(one.finished(third).state()).isEqualTo(new Completed());
        assertThat(one.get(second.id()).state()).isInstanceOf(Failed.class);
    }

    @Test
    void the_sweep_that_fails_the_turn_of_a_crashed_instance_begins_the_next() throws InterruptedException {
        Instance lost = world.deaf();
        Held held = lost.assistant.holds("So far");
        Turn first = lost.start(session, "Hi");
        held.said.await();
        Turn next = queue(two, "Also");
        world.pass(LEASE);

        assertThat(two.sessions.sweep()).isOne();

        assertThat(two.finished(next).state()).isEqualTo(new Completed());
        assertThat(two.get(first.id()).state()).isEqualTo(new Failed(TurnFailure.LEASE_EXPIRED));
        held.goOn();
        await(() -> lost.runner.running() == 0);
        assertThat(two.texts(session.conversationId())).containsExactly("Hi", "Also", "");
    }

    @Test
    void a_start_that_waits_behind_a_crashed_instance_begins_the_first_that_waits() throws InterruptedException {
        Instance lost = world.deaf();
        Held held = lost.assistant.holds("So far");
        lost.start(session, "Hi");
        held.said.await();
        Turn second = queue(one, "Also");
        world.pass(LEASE);

        Turn third = queue(two, "And");

        assertThat(third.state().label()).isEqualTo("queued");
        two.finished(third);
        assertThat(two.get(second.id()).state()).isEqualTo(new Completed());
        assertThat(two.texts(session.conversationId())).containsExactly("Hi", "Also", "", "And", "");
        held.goOn();
    }

    @Test
    void the_next_server_on_the_same_files_fails_only_the_orphan_and_runs_all_that_waited()
            throws InterruptedException {
        Held held = one.assistant.holds("So far");
        Turn orphan = one.start(session, "Hi");
        held.said.await();
        Turn second = queue(one, "Also");
        Turn third = queue(one, "And");
        Instance next = world.instance();

        assertThat(next.sessions.failOrphanedTurns()).isOne();

        assertThat(next.finished(third).state()).isEqualTo(new Completed());
        assertThat(next.get(second.id()).state()).isEqualTo(new Completed());
        assertThat(next.get(orphan.id()).state()).isEqualTo(new Failed(TurnFailure.INSTANCE_CRASHED));
        held.goOn();
    }

    @Test
    void the_end_of_a_session_cancels_its_turns_and_begins_that_of_another() throws InterruptedException {
        Session other = one.sessions.create(ANN, new Creation(MADE, Optional.of(session.conversationId()),
                Optional.empty(), Settings.NONE)).value().session();
        Held held = one.assistant.holds("So far");
        one.start(session, "Hi");
        held.said.await();
        Turn second = queue(one, "Also");
        Turn third = one.turns.start(ANN, other.id(), new Prompt(MADE, MADE, "Other"), IfBusy.QUEUE).value();

        two.sessions.delete(ANN, session.id());

        assertThat(two.finished(third).state()).isEqualTo(new Completed());
        assertThat(two.get(second.id()).state()).isEqualTo(new Cancelled());
    }

    @Test
    void an_unknown_outcome_of_the_end_does_not_keep_the_next_turn_from_running() throws InterruptedException {
        Held held = one.assistant.holds("So far");
        Turn first = one.start(session, "Hi");
        held.said.await();
        Turn next = queue(one, "Also");
        one.afterCommit.set(() -> {
            throw new CommitOutcomeUnknown("did that arrive?", new IllegalStateException());
        });

        one.turns.cancel(ANN, first.id());

        assertThat(one.finished(next).state()).isEqualTo(new Completed());
        assertThat(one.assistant.questions).hasSize(2);
    }

    @Test
    void a_turn_that_waits_needs_no_permit_and_takes_that_of_the_turn_before() throws InterruptedException {
        Instance full = world
                .instance(new TurnSettings(LEASE, Duration.ofMinutes(5), TurnWorld.SETTINGS.contextTokens(), 1,
                        TurnWorld.SETTINGS.toolsNeedingApproval()));
        Held held = full.assistant.holds("So far");
        full.start(session, "Hi");
        held.said.await();
        Held nextHeld = full.assistant.holds("Here");
        Turn next = queue(full, "Also");

        held.goOn();
        nextHeld.said.await();
        await(() -> full.runner.running() == 1);
        assertThatThrownBy(() -> full.start(full.session(), "Too many")).isInstanceOf(TooManyRunningTurns.class);

        nextHeld.goOn();
        full.finished(next);
        full.finished(full.start(session, "Free again"));
    }

    @Test
    void runs_that_do_not_react_do_not_add_up_by_turns_that_wait() throws InterruptedException {
        Instance full = world
                .instance(new TurnSettings(LEASE, Duration.ofMinutes(5), TurnWorld.SETTINGS.contextTokens(), 1,
                        TurnWorld.SETTINGS.toolsNeedingApproval()));
        var release = new CountDownLatch(1);
        Turn running = stuck(full, release, () -> full.start(session, "Hi"));
        Turn next = stuck(full, release, () -> {
            Turn queued = queue(full, "Also");
            full.turns.cancel(ANN, running.id());
            return queued;
        });

        assertThatThrownBy(() -> queue(full, "And")).isInstanceOf(TooManyRunningTurns.class);

        full.turns.cancel(ANN, next.id());
        release.countDown();
        await(() -> full.runner.running() == 0);
        full.finished(queue(full, "And"));
    }

    @Test
    void an_instance_that_stops_leaves_those_that_wait_to_another() throws InterruptedException {
        Held held = one.assistant.holds("So far");
        Turn first = one.start(session, "Hi");
        held.said.await();
        Turn second = queue(one, "Also");
        Turn third = queue(one, "And");

        one.runner.close();
        assertThat(two.get(first.id()).textSoFar()).isEqualTo("So far");
        assertThat(two.sessions.sweep()).isOne();

        assertThat(two.finished(third).state()).isEqualTo(new Completed());
        assertThat(two.get(second.id()).state()).isEqualTo(new Completed());
        assertThat(two.get(first.id()).state()).isEqualTo(new Failed(TurnFailure.LEASE_EXPIRED));
        assertThat(two.texts(session.conversationId())).containsExactly("Hi", "So far", "Also", "", "And", "");
    }

    private interface Starting {
        Turn start();
    }

    /** A turn whose assistant does not react to an interrupt until it is released. */
    private static Turn stuck(Instance instance, CountDownLatch release, Starting starting)
            throws InterruptedException {
        var asked = new CountDownLatch(1);
        instance.assistant.then((question, sink) -> {
            asked.countDown();
            while (true) {
                try {
                    release.await();
                    return ScriptedAssistant.complete();
                } catch (InterruptedException ignored) {
                    // an assistant that does not react
                }
            }
        });
        Turn turn = starting.start();
        asked.await();
        return turn;
    }

    private Turn queue(Instance instance, String text) {
        return instance.turns.start(ANN, session.id(), new Prompt(MADE, MADE, text), IfBusy.QUEUE).value();
    }
}
