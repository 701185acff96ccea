package dev.confab.adapter.persistence.contract.reference;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.UnitOfWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A {@link ReferenceConversation} as {@link UnitOfWork} needs it. */
public final class StoredState implements UnitOfWork.Stored {
    private final Optional<ReferenceConversation> state;
    /** Made by the first look-up: a transaction that appends a thousand messages looks up each. */
    private @Nullable Map<MessageId, Message> messagesById;

    public StoredState(Optional<ReferenceConversation> state) {
        this.state = state;
    }

    @Override
    public Optional<Conversation> head() {
        return state.map(ReferenceConversation::head);
    }

    @Override
    public Optional<Message> message(MessageId id) {
        if (messagesById == null) {
            messagesById = state.map(ReferenceConversation::messages).stream().flatMap(List::stream)
                    .collect(Collectors.toMap(Message::id, Function.identity()));
        }
        return Optional.ofNullable(messagesById.get(id));
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
