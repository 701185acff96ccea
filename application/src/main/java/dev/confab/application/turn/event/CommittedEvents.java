package dev.confab.application.turn.event;

import static dev.confab.application.TurnEvents.IDS_PER_STEP;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.TurnEvents.TurnEvent.ApprovalRequired;
import dev.confab.application.TurnEvents.TurnEvent.Ended;
import dev.confab.application.TurnEvents.TurnEvent.MessageCompleted;
import dev.confab.application.TurnEvents.TurnEvent.Started;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of a turn that can be told from what is committed: all but the deltas. */
public final class CommittedEvents {
    private CommittedEvents() {
    }

    /**
     * In order. Which step a round was asked in follows from the rounds: the first step is the start, each ask and each answer to a call
     * is one more.
     *
     * @param reply the message that is the reply; empty when there is none, or none any more
     */
    public static List<TurnEvent> of(Turn turn, Optional<Message> reply) {
        var events = new ArrayList<TurnEvent>();
        events.add(new Started(IDS_PER_STEP, turn));
        int step = 1;
        for (ToolRound round : turn.rounds()) {
            step++;
            if (round.calls().stream().anyMatch(ToolCall::needsApproval)) {
                events.add(new ApprovalRequired(step * IDS_PER_STEP, turn));
            }
            step += (int) round.calls().stream().filter(call -> call.approval().isPresent()).count();
        }
        if (turn.isFinished()) {
            events.addAll(end(turn, reply));
        }
        return List.copyOf(events);
    }

    private static List<TurnEvent> end(Turn turn, Optional<Message> reply) {
        long first = turn.step() * IDS_PER_STEP;
        var events = new ArrayList<TurnEvent>();
        reply.ifPresent(message -> events.add(new MessageCompleted(first, message)));
        events.add(new Ended(first + 1, turn));
        return events;
    }
}
