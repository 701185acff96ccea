package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.query.Window;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Short calls of a store, on one conversation. */
final class FileStoreCalls {
    private FileStoreCalls() {
    }

    static Message beginWithOneMessage(FileStore store, ConversationId id) {
        store.transact(id, Transactions.begin(Samples.started(id)));
        return append(store, id, "one");
    }

    static Message append(FileStore store, ConversationId id, String text) {
        return store.transact(id, Transactions.append(Samples.draft(text), Samples.now()));
    }

    static void edit(FileStore store, ConversationId id, Message message, String text) {
        store.transact(id, Transactions.edit(message, text, Samples.now()));
    }

    static void rename(FileStore store, ConversationId id, String title) {
        store.transact(id, Transactions.change(head -> head.rename(Samples.title(title), Samples.now())));
    }

    static void purge(FileStore store, ConversationId id) {
        store.transact(id, Transactions.move(head -> head.delete(Samples.now())));
        store.transact(id, Transactions.move(head -> Optional.of(head.purge(Samples.now()))));
    }

    static void checkpoint(FileStore store) {
        try {
            store.checkpoint();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> texts(FileStore store, ConversationId id) {
        return store.reader().read(id, Window.first(10), Samples.now()).messages().stream().map(Message::text).toList();
    }

    static FileStore open(SimulatedDisk disk) {
        return FileStore.open(Life.SETTINGS, new FileStoreObserver() {
        }, disk);
    }
}
