package dev.confab.domain.session;

import dev.confab.domain.session.TurnState.AwaitingApproval;
import dev.confab.domain.session.TurnState.Running;
import java.util.List;
import java.util.stream.IntStream;

/** A change of a turn that a store is to record. */
record TurnTransition(Turn before, Turn next) {

    /** Whether {@code next} may replace {@code before}. */
    boolean isAllowed() {
        return isSameTurn() && before.state().leadsTo(next.state())
                && (next.step() == before.step() + 1 && keepsRounds() || isRenewal());
    }

    private boolean isSameTurn() {
        return next.id().equals(before.id()) && next.conversationId().equals(before.conversationId())
                && next.sessionId().equals(before.sessionId()) && next.promptId().equals(before.promptId())
                && next.queuedAt().equals(before.queuedAt()) && next.digest().equals(before.digest())
                && (next.startedAt().equals(before.startedAt())
                        || begins() && next.startedAt().isAfter(before.startedAt()));
    }

    private boolean begins() {
        return before.isQueued() && next.isOpen();
    }

    /** Calls and approvals may be added, but never changed: otherwise a call could be made that the user has not approved. */
    private boolean keepsRounds() {
        List<ToolRound> rounds = before.rounds();
        int added = next.rounds().size() - rounds.size();
        boolean mayAsk = before.state() instanceof Running && !next.isFinished();
        return added >= 0 && added <= (mayAsk ? 1 : 0)
                && IntStream.range(0, rounds.size())
                        .allMatch(i -> rounds.get(i).isKeptBy(next.rounds().get(i),
                                before.state() instanceof AwaitingApproval))
                && next.rounds().subList(rounds.size(), next.rounds().size()).stream()
                        .flatMap(round -> round.calls().stream())
                        .allMatch(call -> call.approval().isEmpty());
    }

    /** Within a step only the lease, the partial text and missing results may change: otherwise two changes of one step could both be recorded. */
    private boolean isRenewal() {
        return next.step() == before.step() && before.state() instanceof Running && next.state() instanceof Running
                && isContinued() && next.replyId().equals(before.replyId()) && next.usage().equals(before.usage());
    }

    private boolean isContinued() {
        List<ToolRound> rounds = before.rounds();
        return next.rounds().size() == rounds.size()
                && IntStream.range(0, rounds.size()).allMatch(i -> rounds.get(i).isContinuedBy(next.rounds().get(i)));
    }
}
