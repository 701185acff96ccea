package dev.confab.adapter.persistence.file.memory;

import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.UnitOfWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The state that a transaction starts from. The caller holds the conversation's write permit, so no checkpoint replaces its files. */
public record TransactionBase(ConversationId id, ConversationState state, MessageReader reader)
        implements
            UnitOfWork.Stored {

    /** A file of the conversation could not be read. */
    public static final class Unreadable extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        Unreadable(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    @Override
    public Optional<Conversation> head() {
        return state.head();
    }

    @Override
    public Optional<Message> message(MessageId messageId) {
        try {
            return reader.find(id, state.messages(), messageId);
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    @Override
    public Message messageAt(int position) {
        try {
            return reader.at(id, state.messages(), position);
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    @Override
    public Activity activity() {
        return state.activity();
    }
}
