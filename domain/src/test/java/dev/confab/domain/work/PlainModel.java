package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A conversation as a head and a list, changed by one event after the other: too simple to be wrong. */
record PlainModel(Optional<Conversation> head, List<Message> messages,
        Activity activity) implements UnitOfWork.Stored {
    static final PlainModel EMPTY = new PlainModel(Optional.empty(), List.of(), Activity.NONE);

    PlainModel {
        messages = List.copyOf(messages);
    }

    PlainModel after(ConversationEvent event) {
        Optional<Conversation> next = head.isPresent()
                ? head.get().apply(event)
                : Optional.of(Conversation.from((ConversationEvent.Creation) event));
        var list = new ArrayList<>(messages);
        switch (event) {
            case ConversationEvent.Creation e -> list.addAll(e.messages());
            case ConversationEvent.MessageAppended e -> list.add(e.message());
            case ConversationEvent.MessageEdited e -> list.set(e.message().position() - 1, e.message());
            case ConversationEvent.ConversationTruncated e -> list.subList(e.keep(), list.size()).clear();
            case ConversationEvent.ConversationPurged e -> list.clear();
            default -> {
                // only the head
            }
        }
        return new PlainModel(next, list, next.isPresent() ? activity : Activity.NONE);
    }

    PlainModel after(SessionEvent event) {
        return new PlainModel(head, messages, activity.apply(event));
    }

    /** What a store does with a commit. */
    PlainModel after(Change change) {
        var list = new ArrayList<>(messages.subList(0, change.keptCount()));
        change.edited().forEach(message -> list.set(message.position() - 1, message));
        list.addAll(change.appended());
        return new PlainModel(change.after(), list, change.activity().map(ActivityChange::after).orElse(activity));
    }

    @Override
    public Optional<Message> message(MessageId id) {
        return messages.stream().filter(message -> message.id().equals(id)).findFirst();
    }

    @Override
    public Message messageAt(int position) {
        return messages.get(position - 1);
    }
}
