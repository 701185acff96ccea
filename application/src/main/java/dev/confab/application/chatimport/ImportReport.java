package dev.confab.application.chatimport;

import dev.confab.domain.importjob.MessageOutcome;
import dev.confab.domain.importjob.ConversationOutcome;
import dev.confab.domain.chatexport.Refusal;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.Title;
import java.util.Optional;

/** Receives what becomes of each conversation and message of a file, in the order of the import. */
public interface ImportReport {

    /**
     * A conversation, reported after its messages.
     *
     * @param origin the conversation and message that it was forked from; empty for a chat itself
     * @param place where the chat is in the file
     */
    record ConversationItem(ConversationId id, Optional<Title> title, Optional<Origin> origin,
            ConversationOutcome outcome, String place) {
    }

    /**
     * A message. One that several branches share is reported once.
     *
     * @param place where it is in the file
     */
    record MessageItem(ConversationId conversation, MessageId id, MessageOutcome outcome, String place) {
    }

    /** The name of the format, before everything else. */
    void format(String name);

    void message(MessageItem message);

    void conversation(ConversationItem conversation);

    /** A message of a chat that was not imported. */
    void refusedMessage(Refusal refusal);

    /** A chat, a branch of one, or a larger part of the file that was not imported. */
    void refused(Refusal refusal);

    void note(String note);
}
