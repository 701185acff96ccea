package dev.confab.benchmarks.postgres;

import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Role;
import java.util.List;
import java.util.UUID;

/** Confab's store with its default settings. */
final class ConfabPeer extends Peer {
    private final Drafts drafts = new Drafts(0);
    private final JpaStore store = JpaStore.open(
            JpaStoreSettings.of(database.url(), database.username(), database.password()), WriteObserver.NONE);
    private final Chat chat = new Chat(store, drafts);

    ConfabPeer() {
        super("Confab", "SELECT text FROM message WHERE conversation_id = ?");
    }

    @Override
    void start(UUID conversation, List<String> texts) {
        var id = new ConversationId(conversation);
        chat.start(id, "peer", List.of());
        chat.appendAll(id, texts.stream().map(this::draft).toList());
    }

    @Override
    void append(UUID conversation, String text) {
        chat.append(new ConversationId(conversation), draft(text));
    }

    private MessageDraft draft(String text) {
        return MessageDraft.of(new MessageId(drafts.nextId()), Role.USER, text);
    }

    @Override
    public void close() {
        store.close();
        super.close();
    }
}
