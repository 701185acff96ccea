package dev.confab.domain.importjob;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.Title;
import java.util.Optional;

/** What became of one thing in a file. A place is where it is in the file. */
public sealed interface ReportItem {

    /**
     * A conversation, after its messages.
     *
     * @param origin the conversation and message that it was forked from; empty for a chat itself
     */
    record OfConversation(ConversationId id, Optional<Title> title, Optional<Origin> origin,
            ConversationOutcome outcome, String place) implements ReportItem {
    }

    /** A message. One that several branches share is reported once. */
    record OfMessage(ConversationId conversation, MessageId id, MessageOutcome outcome,
            String place) implements ReportItem {
    }

    /** A chat, a branch of one, or a larger part of the file that was not imported. */
    record Refused(String place, String reason) implements ReportItem {
    }

    /** A message that was not imported. */
    record RefusedMessage(String place, String reason) implements ReportItem {
    }

    record Note(String text) implements ReportItem {
    }
}
