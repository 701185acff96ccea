package dev.confab.domain.port;

import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.session.TokenUsage;
import java.util.List;
import java.util.Optional;

/** How a call ended. */
public sealed interface AssistantReply {
    /** Empty when the assistant does not count. */
    Optional<TokenUsage> usage();

    /** The answer is complete. */
    record Complete(Optional<TokenUsage> usage) implements AssistantReply {
    }

    /**
     * It goes on when these tools have been called.
     *
     * @param requests at least one
     */
    record NeedsTools(List<ToolRequest> requests, Optional<TokenUsage> usage) implements AssistantReply {
        public NeedsTools {
            requests = List.copyOf(requests);
        }
    }
}
