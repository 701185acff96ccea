package dev.confab.adapter.persistence.tiny;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.StorageUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.function.Function;

/**
 * A third store, to prove that one can be added without a change elsewhere. It stores everything in memory, as the reference store
 * does, and logs each transaction in a file. It names types of files and of databases because every store may.
 */
public class TinyStore extends ReferenceStore {
    private final Path log;

    public TinyStore(Path log) {
        this.log = log;
    }

    @Override
    public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
        R result = super.transact(id, work);
        try {
            Files.writeString(log, id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failed(e);
        }
        return result;
    }

    private static StorageUnavailable failed(Exception cause) {
        return new StorageUnavailable(cause instanceof SQLException ? "the database failed" : "the log failed", cause);
    }
}
