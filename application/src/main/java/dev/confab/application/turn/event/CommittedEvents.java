package dev.confab.application.turn.event;

import static dev.confab.application.TurnEvents.IDS_PER_STEP;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.TurnEvents.TurnEvent.ApprovalRequired;
import dev.confab.application.TurnEvents.TurnEvent.Ended;
import dev.confab.application.TurnEvents.TurnEvent.MessageCompleted;
import dev.confab.application.TurnEvents.TurnEvent.Queued;
import dev.confab.application.TurnEvents.TurnEvent.Started;
import dev.confab.application.TurnEvents.TurnEvent.ToolCompleted;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The events of a turn that follow from its committed state: all but the deltas. */
public final class CommittedEvents {
    private CommittedEvents() {
    }

    /**
     * The events in order. The start is step 1, or step 2 of a turn that was queued in step 1, and each round of tools and each approval is one step more. The tools of a round are called
     * in the step of its last approval.
     *
     * @param messages that the turn appended, as far as they exist
     */
    public static List<TurnEvent> of(Turn turn, List<Message> messages) {
        Map<MessageId, Message> byId = messages.stream().collect(Collectors.toMap(Message::id, Function.identity()));
        var events = new ArrayList<TurnEvent>();
        if (turn.queuedAt().isPresent()) {
            events.add(new Queued(IDS_PER_STEP, turn));
        }
        if (turn.hasBegun()) {
            events.add(new Started(turn.firstStep() * IDS_PER_STEP, turn));
        }
        int step = turn.firstStep();
        for (ToolRound round : turn.rounds()) {
            step++;
            if (round.calls().stream().anyMatch(ToolCall::needsApproval)) {
                events.add(new ApprovalRequired(step * IDS_PER_STEP, turn));
            }
            step += (int) round.calls().stream().filter(call -> call.approval().isPresent()).count();
            for (ToolCall call : round.calls()) {
                // A finished turn keeps no results: they are messages.
                Optional<String> result = turn.isFinished()
                        ? Optional.ofNullable(byId.get(turn.resultMessageId(call)))
                                .filter(message -> !message.isRemoved()).map(Message::text)
                        : call.result();
                if (result.isPresent()) {
                    events.add(completed(step, round, call.withResult(result.get())));
                }
            }
        }
        if (turn.isFinished()) {
            addEnd(events, turn, byId);
        }
        return List.copyOf(events);
    }

    /** The result of a call, whose tool was called in this step. */
    public static ToolCompleted completed(int step, ToolRound round, ToolCall withResult) {
        int index = round.calls().stream().map(ToolCall::id).toList().indexOf(withResult.id());
        return new ToolCompleted(step * IDS_PER_STEP + 1 + index, withResult.id(), withResult.result().orElseThrow());
    }

    /** The id of a step's first delta. The results of a round come before the deltas of the step. */
    static long firstDelta(int step) {
        return step * IDS_PER_STEP + 1 + (step == 1 ? 0 : ToolRound.MAX_CALLS);
    }

    private static void addEnd(List<TurnEvent> events, Turn turn, Map<MessageId, Message> messages) {
        // The messages of rounds have the last ids of the step before: a step has fewer deltas. So the id of the end does not depend on them.
        long reply = turn.step() * IDS_PER_STEP;
        for (int i = 0; i < turn.rounds().size(); i++) {
            add(events, reply - Turn.MAX_ROUNDS + i, Optional.ofNullable(messages.get(turn.roundMessageId(i))));
        }
        add(events, reply, turn.replyId().map(messages::get));
        events.add(new Ended(reply + 1, turn));
    }

    private static void add(List<TurnEvent> events, long id, Optional<Message> message) {
        message.ifPresent(completed -> events.add(new MessageCompleted(id, completed)));
    }
}
