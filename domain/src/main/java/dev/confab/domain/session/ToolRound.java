package dev.confab.domain.session;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.TextRules;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The 1..16 tool calls that the assistant asked for at once, and its text since the previous round. Call ids are unique in a turn. */
public record ToolRound(String text, List<ToolCall> calls) {
    public static final int MAX_CALLS = 16;

    public ToolRound {
        Message.requireText(text);
        calls = List.copyOf(calls);
        if (calls.isEmpty() || calls.size() > MAX_CALLS) {
            throw new InvalidValue("calls", "must be 1 to " + MAX_CALLS);
        }
    }

    public ToolRound map(UnaryOperator<ToolCall> change) {
        return new ToolRound(text, calls.stream().map(change).toList());
    }

    /** The round of a finished turn: its calls, without their results and the text. */
    ToolRound withoutTexts() {
        return new ToolRound("", map(ToolCall::withoutResult).calls);
    }

    int weight() {
        return TextRules.utf8Length(text) + calls.stream().mapToInt(ToolCall::weight).sum();
    }

    /** Whether the assistant can go on. */
    boolean hasAllResults() {
        return calls.stream().allMatch(call -> call.result().isPresent());
    }

    /** Whether {@code later} is the same round, with results that were not there. */
    boolean isContinuedBy(ToolRound later) {
        return later.text.equals(text) && later.calls.size() == calls.size() && IntStream.range(0, calls.size())
                .allMatch(i -> calls.get(i).isContinuedBy(later.calls.get(i)));
    }

    boolean awaitsApproval() {
        return calls.stream().anyMatch(ToolCall::awaitsApproval);
    }

    /** Whether {@code later} has the same calls with the same approvals. Results may be added, and are dropped when the turn finishes. */
    boolean isKeptBy(ToolRound later, boolean mayBeAnswered) {
        return later.calls.size() == calls.size() && IntStream.range(0, calls.size())
                .allMatch(i -> calls.get(i).isKeptBy(later.calls.get(i), mayBeAnswered));
    }

    static void requireUniqueIds(List<ToolRound> rounds) {
        var ids = new HashSet<String>();
        for (ToolCall call : rounds.stream().flatMap(round -> round.calls.stream()).toList()) {
            if (!ids.add(call.id())) {
                throw new InvalidValue("calls", "call id " + call.id() + " occurs twice");
            }
        }
    }
}
