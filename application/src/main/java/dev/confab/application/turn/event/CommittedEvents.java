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

/** The events of a turn that follow from its committed state: all but the deltas. */
public final class CommittedEvents {
    private CommittedEvents() {
    }

    /** The events in order. The start is step 1, and each round of tools and each approval is one step more. */
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
            long first = turn.step() * IDS_PER_STEP;
            reply.ifPresent(message -> events.add(new MessageCompleted(first, message)));
            events.add(new Ended(first + 1, turn));
        }
        return List.copyOf(events);
    }
}
