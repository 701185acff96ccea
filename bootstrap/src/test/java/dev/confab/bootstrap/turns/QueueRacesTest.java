package dev.confab.bootstrap.turns;

import static dev.confab.bootstrap.turns.RaceStage.OWNER;
import static dev.confab.bootstrap.turns.RaceStage.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.application.Turns.IfBusy;
import dev.confab.bootstrap.turns.RaceStage.Outcome;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A turn waits or is to wait, and at the same moment the turn before it ends, at another instance, or it is cancelled. Whatever comes of it,
 * no turn that waits is forgotten and none runs twice (S18).
 */
class QueueRacesTest extends RacesOnStores {
    private static final RaceStage.Kinds KINDS = stage -> {
        var contenders = new Contenders(stage, stage.assistant(), stage.one(), stage.other(), stage.ahead());
        return Map.of("queue (first) against completion", contenders::queueAgainstCompletion,
                "queue (first) against cancel of the turn before", contenders::queueAgainstCancel,
                "cancel in the queue (first) against begin", contenders::cancelAgainstBegin,
                "death of the runner (first) against its completion, with a turn that waits",
                contenders::deathAgainstCompletion);
    };

    QueueRacesTest() {
        super(KINDS);
    }

    private record Contenders(RaceStage stage, HeldAssistant assistant, App one, App other, App ahead) {

        Outcome queueAgainstCompletion() {
            Session session = stage.begin(Optional.empty());
            Turn first = start(one, session, "answer this");
            assistant.awaitSpeaking();
            List<Optional<Turn>> done = TestThreads.run(2, contender -> {
                if (contender == 0) {
                    return Optional.of(start(other, session, "answer that", IfBusy.QUEUE));
                }
                RaceStage.jitter();
                assistant.letGo();
                return Optional.empty();
            });
            Turn queued = done.getFirst().orElseThrow();
            assistant.letGo();

            assertThat(end(first).state()).isEqualTo(new TurnState.Completed());
            assertThat(end(queued).state()).isEqualTo(new TurnState.Completed());
            assertThat(texts(session)).containsExactly("answer this", "said", "answer that", "said");
            return idle(2, queued.queuedAt().isPresent());
        }

        Outcome queueAgainstCancel() {
            Session session = stage.begin(Optional.empty());
            Turn first = start(one, session, "answer this");
            assistant.awaitSpeaking();
            List<Turn> done = TestThreads.run(2, contender -> {
                if (contender == 0) {
                    return start(other, session, "answer that", IfBusy.QUEUE);
                }
                RaceStage.jitter();
                return one.turns().cancel(OWNER, first.id());
            });
            Turn queued = done.getFirst();
            assistant.letGo();

            assertThat(end(first).state()).isEqualTo(new TurnState.Cancelled());
            assertThat(end(queued).state()).isEqualTo(new TurnState.Completed());
            assertThat(texts(session)).containsExactly("answer this", "said", "answer that", "said");
            return idle(2, queued.queuedAt().isPresent());
        }

        Outcome cancelAgainstBegin() {
            Session session = stage.begin(Optional.empty());
            Turn first = start(one, session, "answer this");
            assistant.awaitSpeaking();
            Turn queued = start(other, session, "answer that", IfBusy.QUEUE);
            Turn last = start(other, session, "and that", IfBusy.QUEUE);
            List<Optional<Turn>> done = TestThreads.run(2, contender -> {
                if (contender == 0) {
                    return Optional.of(other.turns().cancel(OWNER, queued.id()));
                }
                assistant.letGo();
                return Optional.empty();
            });
            Turn cancelled = done.getFirst().orElseThrow();
            // The run of the cancelled turn may still take one.
            assistant.letGo();
            assistant.letGo();

            assertThat(end(first).state()).isEqualTo(new TurnState.Completed());
            assertThat(end(last).state()).isEqualTo(new TurnState.Completed());
            assertThat(one.turns().get(OWNER, queued.id())).isEqualTo(cancelled);
            List<String> texts = texts(session);
            if (cancelled.hasBegun() && cancelled.state() instanceof TurnState.Completed) {
                assertThat(texts).containsExactly("answer this", "said", "answer that", "said", "and that", "said");
            } else if (cancelled.hasBegun()) {
                assertThat(texts).isIn(
                        List.of("answer this", "said", "answer that", "and that", "said"),
                        List.of("answer this", "said", "answer that", "said", "and that", "said"));
            } else {
                assertThat(texts).containsExactly("answer this", "said", "and that", "said");
            }
            TestThreads.await(() -> running() == 0);
            assertThat(assistant.asked()).isBetween(2, cancelled.hasBegun() ? 3 : 2);
            stage.awaitIdle();
            return cancelled.hasBegun() ? Outcome.SECOND : Outcome.FIRST;
        }

        /** The instance that is ahead takes the runner for crashed, fails its turn, and begins the one that waits. */
        Outcome deathAgainstCompletion() {
            Session session = stage.begin(Optional.empty());
            Turn first = start(one, session, "answer this");
            assistant.awaitSpeaking();
            Turn queued = start(other, session, "answer that", IfBusy.QUEUE);
            TestThreads.run(2, contender -> {
                if (contender == 0) {
                    return ahead.sessions().sweep();
                }
                assistant.letGo();
                return 0;
            });
            assistant.letGo();
            assistant.letGo();

            Turn firstEnd = end(first);
            Turn queuedEnd = end(queued);
            var crashed = new TurnState.Failed(TurnFailure.LEASE_EXPIRED);
            assertThat(firstEnd.state()).isIn(crashed, new TurnState.Completed());
            // The sweep may take the runner of the turn that waited for crashed, too.
            assertThat(queuedEnd.state()).isIn(firstEnd.state().equals(crashed)
                    ? List.of(new TurnState.Completed())
                    : List.of(crashed, new TurnState.Completed()));
            assertThat(queuedEnd.hasBegun()).isTrue();
            List<Message> messages = stage.messages(session);
            assertThat(messages).extracting(Message::id).containsSubsequence(first.promptId(), queued.promptId());
            assertThat(texts(session).stream().filter("said"::equals)).hasSize(
                    (int) List.of(firstEnd, queuedEnd).stream().filter(turn -> turn.replyId().isPresent()).count());
            TestThreads.await(() -> running() == 0);
            assertThat(assistant.asked()).isBetween(queuedEnd.state().equals(crashed) ? 1 : 2, 2);
            stage.awaitIdle();
            return firstEnd.state().equals(crashed) ? Outcome.FIRST : Outcome.SECOND;
        }

        private Outcome idle(int asked, boolean first) {
            TestThreads.await(() -> running() == 0);
            assertThat(assistant.asked()).isEqualTo(asked);
            stage.awaitIdle();
            return first ? Outcome.FIRST : Outcome.SECOND;
        }

        private int running() {
            return one.runner().running() + other.runner().running() + ahead.runner().running();
        }

        private Turn end(Turn turn) {
            TestThreads.await(() -> one.turns().get(OWNER, turn.id()).isFinished());
            return one.turns().get(OWNER, turn.id());
        }

        private List<String> texts(Session session) {
            return stage.messages(session).stream().map(Message::text).toList();
        }
    }
}
