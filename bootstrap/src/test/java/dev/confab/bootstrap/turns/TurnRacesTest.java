package dev.confab.bootstrap.turns;

import static dev.confab.bootstrap.turns.RaceStage.OWNER;
import static dev.confab.bootstrap.turns.RaceStage.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.application.RequestedId;
import dev.confab.application.Turns.IfBusy;
import dev.confab.bootstrap.turns.RaceStage.Outcome;
import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionNotFound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFinished;
import dev.confab.domain.session.TurnState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Two that want different ends of the same turn or session, at once, on the real stores; on PostgreSQL each at an instance of its own.
 * Whatever comes of it is one of the two legal outcomes, and the messages agree with it (S18 to S20).
 */
class TurnRacesTest extends RacesOnStores {
    private static final RaceStage.Kinds KINDS = stage -> {
        var contenders = new Contenders(stage, stage.assistant(), stage.one(), stage.other(), stage.ahead());
        return Map.of("cancel (first) against completion", contenders::cancelAgainstCompletion,
                "clear (first) against start", contenders::clearAgainstStart,
                "approval (first) against cancel", contenders::approvalAgainstCancel,
                "interrupt (first) against completion", contenders::interruptAgainstCompletion,
                "keep (first) against expiry", contenders::keepAgainstExpiry);
    };

    TurnRacesTest() {
        super(KINDS);
    }

    /** The instances of the stage; the one that is ahead only sweeps. */
    private record Contenders(RaceStage stage, HeldAssistant assistant, App one, App other, App ahead) {

        Outcome cancelAgainstCompletion() {
            Session session = stage.begin(Optional.empty());
            Turn turn = start(one, session, "answer this");
            assistant.awaitSpeaking();
            List<Optional<Turn>> ends = TestThreads.run(2, contender -> {
                if (contender == 0) {
                    return Optional.of(other.turns().cancel(OWNER, turn.id()));
                }
                assistant.letGo();
                return Optional.empty();
            });
            Turn end = ends.getFirst().orElseThrow();

            assertThat(one.turns().get(OWNER, turn.id())).isEqualTo(end);
            stage.awaitIdle();
            List<Message> messages = stage.messages(session);
            boolean cancelled = end.state() instanceof TurnState.Cancelled;
            if (!cancelled) {
                assertThat(end.state()).isInstanceOf(TurnState.Completed.class);
                assertThat(end.replyId()).isPresent();
            }
            assertThat(messages).hasSize(1 + (end.replyId().isPresent() ? 1 : 0));
            end.replyId().ifPresent(reply -> {
                assertThat(messages.getLast().id()).isEqualTo(reply);
                assertThat(messages.getLast().text()).isEqualTo("said");
                assertThat(messages.getLast().incomplete().isPresent()).isEqualTo(cancelled);
            });
            return cancelled ? Outcome.FIRST : Outcome.SECOND;
        }

        Outcome interruptAgainstCompletion() {
            Session session = stage.begin(Optional.empty());
            Turn turn = start(one, session, "answer this");
            assistant.awaitSpeaking();
            List<Optional<Turn>> done = TestThreads.run(2, contender -> {
                if (contender == 0) {
                    return Optional.of(start(other, session, "answer that", IfBusy.INTERRUPT));
                }
                assistant.letGo();
                return Optional.empty();
            });
            Turn next = done.getFirst().orElseThrow();
            assistant.letGo();
            TestThreads.await(() -> one.turns().get(OWNER, next.id()).isFinished());

            Turn end = one.turns().get(OWNER, turn.id());
            assertThat(one.turns().get(OWNER, next.id()).state()).isInstanceOf(TurnState.Completed.class);
            boolean interrupted = end.state() instanceof TurnState.Cancelled;
            // The instance that runs the interrupted turn keeps its text; another one keeps that of the last renewal, here none.
            List<String> texts = stage.messages(session).stream().map(Message::text).toList();
            List<String> whole = List.of("answer this", "said", "answer that", "said");
            assertThat(texts).isIn(interrupted
                    ? List.of(whole, List.of("answer this", "answer that", "said"))
                    : List.of(whole));
            stage.awaitIdle();
            return interrupted ? Outcome.FIRST : Outcome.SECOND;
        }

        Outcome clearAgainstStart() {
            Session session = stage.begin(Optional.empty());
            one.messages().append(OWNER, session.conversationId(),
                    new dev.confab.application.Messages.NewMessage(new RequestedId.Unnamed(),
                            dev.confab.domain.conversation.Role.USER, "before", Optional.empty(),
                            dev.confab.domain.conversation.Metadata.EMPTY),
                    new dev.confab.domain.conversation.Precondition.None());
            List<Optional<Turn>> done = TestThreads.run(2, contender -> {
                if (contender == 0) {
                    SessionView _ = other.sessions().clear(OWNER, session.id());
                    return Optional.empty();
                }
                return Optional.of(start(one, session, "answer this"));
            });
            Turn turn = one.turns().get(OWNER, done.getLast().orElseThrow().id());

            if (turn.state() instanceof TurnState.Cancelled) {
                assertThat(stage.messages(session)).isEmpty();
                stage.awaitIdle();
                return Outcome.SECOND;
            }
            assertThat(turn.state()).isInstanceOf(TurnState.Running.class);
            assertThat(stage.messages(session)).extracting(Message::text).containsExactly("answer this");
            assistant.letGo();
            TestThreads.await(() -> one.turns().get(OWNER, turn.id()).isFinished());
            assertThat(stage.messages(session)).extracting(Message::text).containsExactly("answer this", "said");
            stage.awaitIdle();
            return Outcome.FIRST;
        }

        Outcome approvalAgainstCancel() {
            Session session = stage.begin(Optional.empty());
            Turn turn = start(one, session, "tool");
            TestThreads.await(() -> one.turns().get(OWNER, turn.id()).state() instanceof TurnState.AwaitingApproval);
            List<Boolean> done = TestThreads.run(2, contender -> {
                if (contender == 0) {
                    return succeeds(() -> other.turns().answer(OWNER, turn.id(), "call-1",
                            new Approval(true, Optional.empty())), TurnFinished.class);
                }
                return succeeds(() -> one.turns().cancel(OWNER, turn.id()), TurnFinished.class);
            });
            Turn end = one.turns().get(OWNER, turn.id());

            assertThat(done.getLast()).isTrue();
            assertThat(end.isFinished()).isTrue();
            assertThat(end.calls().getFirst().approval().isPresent()).isEqualTo(done.getFirst());
            if (!done.getFirst()) {
                assertThat(end.state()).isInstanceOf(TurnState.Cancelled.class);
            }
            // A completed turn leaves its call and the result. A cancel keeps them if the instance that runs the turn had the result.
            int withoutReply = stage.messages(session).size() - (end.replyId().isPresent() ? 1 : 0);
            assertThat(withoutReply).isIn(end.state() instanceof TurnState.Completed ? List.of(3) : List.of(1, 3));
            stage.awaitIdle();
            return done.getFirst() ? Outcome.FIRST : Outcome.SECOND;
        }

        Outcome keepAgainstExpiry() {
            Session session = stage.begin(Optional.of(Duration.ofSeconds(60)));
            List<Boolean> done = TestThreads.run(2, contender -> contender == 0
                    ? succeeds(() -> one.sessions().makePermanent(OWNER, session.id(), Optional.empty()),
                            SessionNotFound.class,
                            ConversationNotFound.class)
                    : ahead.sessions().sweep() > 0);
            boolean kept = done.getFirst();

            assertThat(done.getLast()).as("swept").isEqualTo(!kept);
            assertThat(succeeds(() -> one.conversations().get(OWNER, session.conversationId()),
                    ConversationNotFound.class)).isEqualTo(kept);
            assertThat(succeeds(() -> other.sessions().get(OWNER, session.id()), SessionNotFound.class))
                    .isEqualTo(kept);
            if (kept) {
                assertThat(ahead.sessions().get(OWNER, session.id()).session().lifetime())
                        .isEqualTo(new Lifetime.Permanent());
            }
            return kept ? Outcome.FIRST : Outcome.SECOND;
        }

        /** False when it is refused in one of these ways. */
        @SafeVarargs
        private static boolean succeeds(Supplier<?> call, Class<? extends ConfabException>... refusals) {
            try {
                Object _ = call.get();
                return true;
            } catch (ConfabException refused) {
                assertThat(refused).isInstanceOfAny(refusals);
                return false;
            }
        }
    }
}
