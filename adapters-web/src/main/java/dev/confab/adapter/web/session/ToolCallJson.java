package dev.confab.adapter.web.session;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.confab.adapter.web.json.ExactJson;
import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.adapter.web.json.StrictJson;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * A tool call.
 *
 * @param arguments as JSON; a string when the assistant did not write JSON
 * @param approved null until the call is approved or denied, and always when it needs no approval
 */
public record ToolCallJson(String id, String tool, @JsonRawValue String arguments, boolean needsApproval,
        @Nullable Boolean approved, @Nullable String reason) {

    public static ToolCallJson from(ToolCall call) {
        return new ToolCallJson(call.id(), call.tool(), json(call.arguments()), call.needsApproval(),
                call.approval().map(Approval::approved).orElse(null),
                call.approval().flatMap(Approval::reason).orElse(null));
    }

    /** On one line, as an event needs it. An assistant's text is checked as strictly as a client's. */
    private static String json(String text) {
        try {
            return ExactJson.text(StrictJson.tree(text));
        } catch (ProblemException notJson) {
            return ResponseJson.MAPPER.writeValueAsString(text);
        }
    }
}
