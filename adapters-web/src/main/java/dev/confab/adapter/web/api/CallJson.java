package dev.confab.adapter.web.api;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ToolCall;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A tool call.
 *
 * @param arguments as JSON; a string when the assistant did not write JSON
 * @param approved null while nobody has said yes or no, and for ever when the call needs no approval
 */
@JsonPropertyOrder({"id", "tool", "arguments", "needsApproval", "approved", "reason"})
record CallJson(String id, String tool, @JsonRawValue String arguments, boolean needsApproval,
        @Nullable Boolean approved, @Nullable String reason) {

    static CallJson from(ToolCall call) {
        return new CallJson(call.id(), call.tool(), json(call.arguments()), call.needsApproval(),
                call.approval().map(Approval::approved).orElse(null),
                call.approval().flatMap(Approval::reason).orElse(null));
    }

    /** On one line, as an event needs it. An assistant's text is believed no more than a client's. */
    private static String json(String text) {
        try {
            return Json.compact(JsonInput.document(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
        } catch (ApiException noJson) {
            return Json.MAPPER.writeValueAsString(text);
        }
    }
}
