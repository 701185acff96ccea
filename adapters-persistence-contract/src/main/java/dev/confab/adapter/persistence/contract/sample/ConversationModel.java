package dev.confab.adapter.persistence.contract.sample;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state of a conversation as the domain computes it from events. Every store must return the same (S14). */
public final class ConversationModel {
    private Optional<Conversation> head = Optional.empty();
    private final List<Message> messages = new ArrayList<>();

    public Optional<Conversation> head() {
        return head;
    }

    public List<Message> messages() {
        return List.copyOf(messages);
    }

    public void apply(ConversationEvent event) {
        head = head.isPresent()
                ? head.get().apply(event)
                : Optional.of(Conversation.from((ConversationEvent.Creation) event));
        switch (event) {
            case ConversationEvent.Creation e -> messages.addAll(e.messages());
            case ConversationEvent.MessageAppended e -> messages.add(e.message());
            case ConversationEvent.MessagesStaged e -> messages.addAll(e.messages());
            case ConversationEvent.MessageEdited e -> messages.set(e.message().position() - 1, e.message());
            case ConversationEvent.MessageRemoved e -> messages.set(e.message().position() - 1, e.message());
            case ConversationEvent.ConversationTruncated e -> messages.subList(e.keep(), messages.size()).clear();
            case ConversationEvent.ConversationPurged e -> messages.clear();
            case ConversationEvent.StagingCompleted _,ConversationEvent.ConversationRenamed _,ConversationEvent.MetadataChanged _,ConversationEvent.ConversationFiled _,ConversationEvent.ConversationMadePermanent _,ConversationEvent.ConversationDeleted _,ConversationEvent.ConversationRestored _ -> {
                // the messages stay as they are
            }
        }
    }
}
