package dev.confab.adapter.persistence.contract.reference;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.UnitOfWork;
import java.util.Optional;

/** A {@link ConversationState} as {@link UnitOfWork} needs it. */
public record StoredState(Optional<ConversationState> state) implements UnitOfWork.Stored {

    @Override
    public Optional<Conversation> head() {
        return state.map(ConversationState::head);
    }

    @Override
    public Optional<Message> message(MessageId id) {
        return state.flatMap(s -> s.message(id));
    }

    @Override
    public Message messageAt(int position) {
        return state.orElseThrow().messages().get(position - 1);
    }

    @Override
    public Activity activity() {
        return state.orElseThrow().activity();
    }
}
