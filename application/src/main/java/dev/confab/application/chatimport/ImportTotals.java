package dev.confab.application.chatimport;

import dev.confab.domain.importjob.ConversationOutcome;
import dev.confab.domain.importjob.MessageOutcome;
import java.util.Map;

/**
 * How many items of a report have which outcome.
 *
 * @param refused chats, branches or larger parts of the file
 */
public record ImportTotals(Map<ConversationOutcome, Long> conversations, Map<MessageOutcome, Long> messages,
        long refused, long refusedMessages) {

    public ImportTotals {
        conversations = Map.copyOf(conversations);
        messages = Map.copyOf(messages);
    }

    public long count(ConversationOutcome outcome) {
        return conversations.getOrDefault(outcome, 0L);
    }

    public long count(MessageOutcome outcome) {
        return messages.getOrDefault(outcome, 0L);
    }

    /** Whether everything in the file is stored now. */
    public boolean isComplete() {
        return refused + refusedMessages == 0;
    }
}
