package dev.confab.application.turn.run;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.turn.event.CommittedEvents;
import dev.confab.application.turn.event.TurnOutcome;
import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.AssistantFailed;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.port.AssistantReply.Complete;
import dev.confab.domain.port.AssistantReply.NeedsTools;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnState.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a turn, on a thread of its own: from the start, or from the last answer of a person, to the end or to the next question to
 * a person. Whatever ends it early, it writes nothing that the turn's step does not allow.
 */
final class TurnRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TurnRun.class);

    private final Assistant assistant;
    private final Toolbox toolbox;
    private final TurnInput history;
    private final TurnLease tenure;
    private final Interruption gate;
    private final AnswerBuffer speech;
    private final Stage stage;
    private final MessageId replyId;

    /** Where a run's events go. */
    interface Stage {
        void say(int step, String text);

        void asked(TurnEvent event);

        void ended(TurnOutcome ending);

        /** The turn is over, or another's, by somebody else's doing. */
        void refused();
    }

    TurnRun(Assistant assistant, Toolbox toolbox, TurnInput history, TurnLease tenure, Interruption gate,
            AnswerBuffer speech, Stage stage,
            MessageId replyId) {
        this.assistant = assistant;
        this.toolbox = toolbox;
        this.history = history;
        this.tenure = tenure;
        this.gate = gate;
        this.speech = speech;
        this.stage = stage;
        this.replyId = replyId;
    }

    @Override
    public void run() {
        try {
            Optional<TurnFailure> failure = failureOfAnswering();
            failure.ifPresent(why -> stage.ended(tenure.fail(why)));
        } catch (RunStopped over) {
            LOG.debug("turn {} is stopped", tenure.turnId());
        } catch (StorageException lost) {
            LOG.error("turn {} is given up", tenure.turnId(), lost);
        } catch (ConfabException refusal) {
            LOG.debug("turn {} goes on without this run", tenure.turnId(), refusal);
            stage.refused();
        } catch (RuntimeException unexpected) {
            LOG.error("turn {} is given up", tenure.turnId(), unexpected);
        }
    }

    private Optional<TurnFailure> failureOfAnswering() {
        try {
            answer();
            return Optional.empty();
        } catch (RunFailed broken) {
            return Optional.of(broken.failure());
        } catch (InterruptedException byItself) {
            LOG.warn("the assistant or a tool of turn {} says it was interrupted, by nobody here", tenure.turnId());
            return Optional.of(TurnFailures.ASSISTANT_FAILED);
        } catch (InvalidValue impossible) {
            // Of what the assistant said: a store refuses a turn that is another's with other errors.
            LOG.warn("the assistant of turn {} answered as no answer can be", tenure.turnId(), impossible);
            return Optional.of(TurnFailures.ASSISTANT_FAILED);
        } catch (RunStopped | ConfabException notTheAssistants) {
            throw notTheAssistants;
        } catch (RuntimeException | Error unexpected) {
            // Whatever it is, the conversation must not wait for the lease.
            LOG.error("turn {} fails", tenure.turnId(), unexpected);
            return Optional.of(TurnFailures.ASSISTANT_FAILED);
        }
    }

    private void answer() throws InterruptedException {
        TurnInput.Beginning beginning = tenure.patiently(history::read);
        Turn turn = beginning.turn();
        while (turn.state() instanceof Running) {
            List<ToolRound> rounds = called(turn.rounds());
            AssistantReply answer = ask(question(beginning.session(), beginning.messages(), rounds));
            Optional<TokenUsage> used = plus(turn.usage(), answer.usage());
            switch (answer) {
                case Complete _ -> {
                    var reply = MessageDraft.of(replyId, Role.ASSISTANT, text(rounds));
                    stage.ended(tenure.complete(reply, rounds, used));
                    return;
                }
                case NeedsTools needed -> turn = tenure.ask(asked(rounds, needed), used, speech);
            }
        }
        stage.asked(CommittedEvents.of(turn, Optional.empty()).getLast());
    }

    private List<ToolRound> called(List<ToolRound> rounds) throws InterruptedException {
        var called = new ArrayList<ToolRound>();
        for (ToolRound round : rounds) {
            called.add(toolbox.called(tenure.owner(), round, gate));
        }
        return called;
    }

    private Question question(Session session, List<Message> messages, List<ToolRound> rounds) {
        return new Question(session.instructions(), session.model(), session.context(), messages, rounds,
                toolbox.descriptions());
    }

    private AssistantReply ask(Question question) throws InterruptedException {
        AssistantReply answer = gate.call(() -> {
            try {
                return assistant.answer(question, this::say);
            } catch (AssistantFailed failed) {
                LOG.info("the assistant failed turn {}: {}", tenure.turnId(), failed.failure().code());
                LOG.debug("where it failed", failed);
                throw new RunFailed(failed.failure());
            } catch (RunStopped | RunFailed ours) {
                throw ours;
            } catch (RuntimeException unexpected) {
                LOG.warn("the assistant failed turn {}", tenure.turnId(), unexpected);
                throw new RunFailed(TurnFailures.ASSISTANT_FAILED);
            }
        });
        tell(speech.finish());
        return answer;
    }

    private void say(String piece) {
        gate.requireOpen();
        tenure.requireLease();
        try {
            tell(speech.say(piece));
        } catch (RunFailed tooLong) {
            // The assistant may swallow what it is thrown.
            gate.fail(tooLong.failure());
            throw tooLong;
        }
    }

    private void tell(String text) {
        if (!text.isEmpty()) {
            stage.say(speech.step(), text);
        }
    }

    private List<ToolRound> asked(List<ToolRound> rounds, NeedsTools needed) {
        if (rounds.size() == Turn.MAX_ROUNDS) {
            throw new RunFailed(TurnFailures.TOO_MANY_ROUNDS);
        }
        try {
            int before = rounds.stream().mapToInt(round -> round.calls().size()).sum();
            List<ToolCall> calls = toolbox.calls(needed.requests(), before);
            var all = new ArrayList<>(rounds);
            all.add(new ToolRound(speech.said().text(), calls));
            return all;
        } catch (InvalidValue impossible) {
            LOG.warn("the assistant of turn {} asked for a tool as no call can be", tenure.turnId(), impossible);
            throw new RunFailed(TurnFailures.IMPOSSIBLE_CALL);
        }
    }

    private String text(List<ToolRound> rounds) {
        var text = new StringBuilder();
        rounds.forEach(round -> text.append(round.text()));
        return text.append(speech.said().text()).toString();
    }

    private static Optional<TokenUsage> plus(Optional<TokenUsage> before, Optional<TokenUsage> more) {
        return more.map(usage -> before.map(usage::plus).orElse(usage)).or(() -> before);
    }
}
