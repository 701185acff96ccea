package dev.confab.benchmarks.postgres;

import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Drafts;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Role;
import dev.confab.testsupport.postgres.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Confab's store with its default settings. */
final class ConfabPeer implements Peer {
    /** Within the limits of one transaction. */
    private static final int BATCH = 1_000;

    private final Drafts drafts = new Drafts(0);
    private final JpaStore store;
    private final Chat chat;
    private final Database database;

    ConfabPeer(Database database) {
        store = Confab.open(database, Confab.WRITE_CONNECTIONS, WriteObserver.NONE);
        chat = new Chat(store, drafts);
        this.database = database;
    }

    @Override
    public void start(UUID conversation, List<String> texts) {
        var id = new ConversationId(conversation);
        chat.start(id, "peer", List.of());
        for (int from = 0; from < texts.size(); from += BATCH) {
            chat.appendAll(id, texts.subList(from, Math.min(texts.size(), from + BATCH)).stream().map(this::draft)
                    .toList());
        }
    }

    @Override
    public void append(UUID conversation, String text) {
        chat.appendAll(new ConversationId(conversation), List.of(draft(text)));
    }

    private MessageDraft draft(String text) {
        return MessageDraft.of(new MessageId(drafts.nextId()), Role.USER, text);
    }

    @Override
    public Map<String, Long> copies(UUID conversation) throws SQLException {
        return Databases.copies(database,
                "SELECT text, count(*) FROM message WHERE conversation_id = ? GROUP BY text", conversation);
    }

    @Override
    public void close() {
        store.close();
    }
}
