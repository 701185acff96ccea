package dev.confab.domain.port;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Assistant.ToolDescription;

/** Something an assistant may ask for. It only reads, and may be called twice for the same call. Safe for use by many threads. */
public interface Tool {

    ToolDescription description();

    /**
     * Calls it for the owner of the turn; sees nothing of other owners. Blocks; an interrupt ends it soon.
     *
     * @param arguments JSON text as the assistant wrote it, well-formed or not
     * @return what the assistant is told: JSON or plain text, at most {@code Call.MAX_RESULT_BYTES}; also when the arguments are wrong
     */
    String call(OwnerId owner, String arguments) throws InterruptedException;
}
