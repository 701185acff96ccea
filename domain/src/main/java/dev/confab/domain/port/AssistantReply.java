package dev.confab.domain.port;

import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.session.TokenUsage;
import java.util.List;
import java.util.Optional;

/** How a call of {@link Assistant#answer} ended. */
public sealed interface AssistantReply {

    /** The tokens that this call used; empty when the assistant does not count them. */
    Optional<TokenUsage> usage();

    /** The answer is complete. */
    record Complete(Optional<TokenUsage> usage) implements AssistantReply {
    }

    /** The answer ends here, although the assistant had not finished it. */
    record Incomplete(IncompleteReason reason, Optional<TokenUsage> usage) implements AssistantReply {
    }

    /** The assistant continues the answer once these tools, at least one, have been called. */
    record NeedsTools(List<ToolRequest> requests, Optional<TokenUsage> usage) implements AssistantReply {
        public NeedsTools {
            requests = List.copyOf(requests);
        }
    }
}
