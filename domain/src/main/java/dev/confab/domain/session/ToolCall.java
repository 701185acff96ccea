package dev.confab.domain.session;

import dev.confab.domain.conversation.TextRules;
import java.util.Optional;

/**
 * A tool call that the assistant asked for. The id, unique within its turn, and the tool's name have 1..64 characters.
 *
 * @param arguments JSON text that the domain does not read; at most 16 KiB of UTF-8
 * @param approval the user's answer; given at most once
 * @param result what the tool returned, or why it was not called; at most 64 KiB of UTF-8. Dropped when the turn finishes
 */
public record ToolCall(String id, String tool, String arguments, boolean needsApproval, Optional<Approval> approval,
        Optional<String> result) {
    private static final int MAX_NAME_LENGTH = 64;
    public static final int MAX_ARGUMENTS_BYTES = 16 * 1024;
    public static final int MAX_RESULT_BYTES = 64 * 1024;

    public ToolCall {
        TextRules.characters("callId", id, 1, MAX_NAME_LENGTH);
        TextRules.characters("tool", tool, 1, MAX_NAME_LENGTH);
        TextRules.text("arguments", arguments, MAX_ARGUMENTS_BYTES);
        result.ifPresent(text -> TextRules.text("result", text, MAX_RESULT_BYTES));
    }

    /** A new call, without approval and result. */
    public static ToolCall asked(String id, String tool, String arguments, boolean needsApproval) {
        return new ToolCall(id, tool, arguments, needsApproval, Optional.empty(), Optional.empty());
    }

    int weight() {
        return 64 + TextRules.utf8Length(tool) + TextRules.utf8Length(arguments)
                + approval.flatMap(Approval::reason).map(TextRules::utf8Length).orElse(0)
                + result.map(TextRules::utf8Length).orElse(0);
    }

    /** Whether the user still has to approve or reject the call. */
    public boolean awaitsApproval() {
        return needsApproval && approval.isEmpty();
    }

    /** Whether the tool may be called. */
    public boolean isApproved() {
        return !needsApproval || approval.filter(Approval::approved).isPresent();
    }

    /** Whether {@code later} is the same call with the same approval, or with a first one if {@code mayBeAnswered}. */
    boolean isKeptBy(ToolCall later, boolean mayBeAnswered) {
        return later.id.equals(id) && later.tool.equals(tool) && later.arguments.equals(arguments)
                && later.needsApproval == needsApproval
                && (later.approval.equals(approval) || mayBeAnswered && awaitsApproval());
    }

    /** Whether {@code later} is the same call, maybe with its result. */
    boolean isContinuedBy(ToolCall later) {
        return later.equals(this) || result.isEmpty() && later.withoutResult().equals(this);
    }

    ToolCall withApproval(Approval given) {
        return new ToolCall(id, tool, arguments, needsApproval, Optional.of(given), result);
    }

    public ToolCall withResult(String text) {
        return new ToolCall(id, tool, arguments, needsApproval, approval, Optional.of(text));
    }

    ToolCall withoutResult() {
        return new ToolCall(id, tool, arguments, needsApproval, approval, Optional.empty());
    }
}
