package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.HeadFile.Damaged;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.UnitOfWork;
import java.io.IOException;
import java.util.Optional;

/** What a unit of work starts from. The caller holds the conversation's turn, so its files stay where they are. */
record StoredState(ConversationId id, State state, MessageAccess messages) implements UnitOfWork.Stored {

    /** A file could not be read, or is damaged when the cause is {@link Damaged}; passes through the work. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(Exception cause) {
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
            return messages.find(id, state, messageId);
        } catch (IOException | Damaged e) {
            throw new Unreadable(e);
        }
    }

    @Override
    public Message messageAt(int position) {
        try {
            return messages.at(id, state, position);
        } catch (IOException | Damaged e) {
            throw new Unreadable(e);
        }
    }

    @Override
    public Activity activity() {
        return state.activity();
    }
}
