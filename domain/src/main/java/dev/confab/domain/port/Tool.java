package dev.confab.domain.port;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.session.ToolCall;

/** A tool that an assistant may call. It only reads, because one call may execute it twice. Safe for use by many threads. */
public interface Tool {

    ToolDescription description();

    /**
     * Executes the tool. Blocks; an interrupt ends it soon.
     *
     * @param owner the turn's owner; the tool reads no data of other owners
     * @param arguments JSON text as the assistant wrote it; it may be malformed
     * @return the result for the assistant: JSON or plain text of at most {@link ToolCall#MAX_RESULT_BYTES} bytes of UTF-8. For invalid
     *     arguments it describes the fault
     */
    String call(OwnerId owner, String arguments) throws InterruptedException;
}
