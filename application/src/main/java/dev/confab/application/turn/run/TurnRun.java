package dev.confab.application.turn.run;

import dev.confab.application.Turns.ContextTooLarge;
import dev.confab.application.turn.answer.RunFailed;
import dev.confab.application.turn.answer.TurnFailures;
import dev.confab.application.turn.event.CommittedEvents;
import dev.confab.application.turn.event.TurnOutcome;
import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.AssistantFailed;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.port.AssistantReply.Complete;
import dev.confab.domain.port.AssistantReply.Incomplete;
import dev.confab.domain.port.AssistantReply.NeedsTools;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnState.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a turn, on its own thread: from the start or the last approval, to the end or the next approval that it needs. */
record TurnRun(Assistant assistant, Toolbox toolbox, Supplier<TurnInput> input, RunningTurn running,
        TurnEndings endings) {
    private static final Logger LOG = LoggerFactory.getLogger(TurnRun.class);

    /** Returns the turn as this run leaves it; empty if the run was stopped or is given up. */
    Optional<Turn> run() {
        Turn turn = running.started();
        try {
            return Optional.of(answerOrFail());
        } catch (RunStopped stopped) {
            LOG.debug("Turn {}: the run was stopped", turn.id());
        } catch (StorageException failed) {
            LOG.error("Turn {}: the run is given up, because the storage failed; the turn ends when its lease expires",
                    turn.id(), failed);
        } catch (ConfabException rejected) {
            LOG.debug("Turn {}: a write was rejected; the turn has ended or runs on another instance", turn.id(),
                    rejected);
            endings.reconcile(turn.conversationId());
        } catch (RuntimeException unexpected) {
            LOG.error("Turn {}: the run is given up after an unexpected error; the turn ends when its lease expires",
                    turn.id(), unexpected);
        }
        return Optional.empty();
    }

    private Turn answerOrFail() {
        TurnFailure why;
        try {
            return answer();
        } catch (RunFailed failed) {
            why = failed.failure();
        } catch (InterruptedException byItself) {
            LOG.warn(
                    "Turn {}: the assistant or a tool reported an interrupt that this server did not send; the turn fails",
                    running.started().id());
            why = TurnFailures.ASSISTANT_FAILED;
        } catch (InvalidValue invalid) {
            // From the assistant: a store rejects what belongs to another run with other errors.
            LOG.warn("Turn {}: the assistant's answer is invalid; the turn fails", running.started().id(), invalid);
            why = TurnFailures.ASSISTANT_FAILED;
        } catch (RunStopped | ConfabException notFromTheAssistant) {
            throw notFromTheAssistant;
        } catch (RuntimeException | Error unexpected) {
            // Fail the turn whatever it was: else the conversation would be blocked until the lease expires.
            LOG.error("Turn {}: unexpected error; the turn fails", running.started().id(), unexpected);
            why = TurnFailures.ASSISTANT_FAILED;
        }
        return ended(running.fail(why));
    }

    private Turn answer() throws InterruptedException {
        TurnInput read = readInput();
        Turn turn = read.turn();
        while (turn.state() instanceof Running) {
            if (!turn.rounds().isEmpty()) {
                toolbox.call(running.owner(), turn.rounds().getLast(), running.interruption(), running::called);
            }
            List<ToolRound> rounds = running.rounds();
            AssistantReply reply = ask(question(read, rounds));
            Optional<TokenUsage> used = plus(turn.usage(), reply.usage());
            switch (reply) {
                case Complete _ -> {
                    return ended(running.complete(Optional.empty(), used));
                }
                case Incomplete cut -> {
                    return ended(running.complete(Optional.of(cut.reason()), used));
                }
                case NeedsTools needed -> turn = running.ask(plus(rounds, needed), used);
            }
        }
        running.log().add(List.of(CommittedEvents.of(turn, List.of()).getLast()));
        running.wakeReaders();
        return turn;
    }

    private TurnInput readInput() throws InterruptedException {
        try {
            return running.patiently(input);
        } catch (ContextTooLarge tooLarge) {
            throw new RunFailed(TurnFailures.contextTooLarge(tooLarge.budget()));
        }
    }

    private Question question(TurnInput read, List<ToolRound> rounds) {
        try {
            return read.question(rounds, toolbox.descriptions());
        } catch (ContextTooLarge tooLarge) {
            throw new RunFailed(TurnFailures.contextTooLarge(tooLarge.budget()));
        }
    }

    private Turn ended(TurnOutcome outcome) {
        endings.ended(outcome);
        return outcome.turn();
    }

    private AssistantReply ask(Question question) throws InterruptedException {
        AssistantReply reply = running.interruption().call(() -> {
            try {
                return assistant.answer(question, running::say);
            } catch (AssistantFailed failed) {
                LOG.info("Turn {}: the assistant failed with {}", running.started().id(), failed.failure().code());
                LOG.debug("Turn {}: the assistant's failure", running.started().id(), failed);
                throw new RunFailed(failed.failure());
            } catch (RunStopped | RunFailed ours) {
                throw ours;
            } catch (RuntimeException unexpected) {
                LOG.warn("Turn {}: the assistant failed unexpectedly; the turn fails", running.started().id(),
                        unexpected);
                throw new RunFailed(TurnFailures.ASSISTANT_FAILED);
            }
        });
        running.finishText();
        return reply;
    }

    private List<ToolRound> plus(List<ToolRound> rounds, NeedsTools needed) {
        if (rounds.size() == Turn.MAX_ROUNDS) {
            throw new RunFailed(TurnFailures.TOO_MANY_ROUNDS);
        }
        try {
            int before = rounds.stream().mapToInt(round -> round.calls().size()).sum();
            List<ToolCall> calls = toolbox.calls(needed.requests(), before);
            var all = new ArrayList<>(rounds);
            all.add(new ToolRound(running.partialAnswer().output().text(), calls));
            return all;
        } catch (InvalidValue invalid) {
            LOG.warn("Turn {}: the assistant's request for a tool is invalid; the turn fails", running.started().id(),
                    invalid);
            throw new RunFailed(TurnFailures.IMPOSSIBLE_CALL);
        }
    }

    private static Optional<TokenUsage> plus(Optional<TokenUsage> before, Optional<TokenUsage> more) {
        return more.map(usage -> before.map(usage::plus).orElse(usage)).or(() -> before);
    }
}
