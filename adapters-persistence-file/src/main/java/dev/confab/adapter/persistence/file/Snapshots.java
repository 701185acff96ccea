package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.disk.DirectoryLock;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.work.UnitOfWork;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads conversations as of one moment; inside a transaction function it throws (S12). A read takes the state of a conversation once and
 * answers from it, without a lock. Only when a checkpoint has replaced the messages file in the meantime does it start again with the
 * newest state.
 */
record Snapshots(ConversationTable table, DirectoryLock lock) {
    /** A read of one state. It may run more than once. */
    interface Read<R> {
        R from(ConversationState state) throws IOException;
    }

    /** All heads, live or deleted. */
    Stream<Conversation> heads() {
        return states().flatMap(state -> state.head().stream());
    }

    /** The states of all conversations. */
    Stream<ConversationState> states() {
        UnitOfWork.requireOutsideTransaction();
        return table.all().stream().map(ConversationEntry::state);
    }

    /** The states of those conversations that are not damaged. */
    Stream<ConversationState> states(Collection<ConversationId> ids) {
        UnitOfWork.requireOutsideTransaction();
        return ids.stream().flatMap(id -> table.find(id).stream()).filter(entry -> !entry.isDamaged())
                .map(ConversationEntry::state);
    }

    /** Reads a live conversation; otherwise throws {@link ConversationNotFound}. */
    <R> R live(ConversationId id, Instant now, Read<R> read) {
        UnitOfWork.requireOutsideTransaction();
        ConversationEntry entry = table.find(id).orElseThrow(() -> new ConversationNotFound(id));
        refuseDamaged(entry);
        return any(entry, state -> {
            if (!state.isLive(now)) {
                throw new ConversationNotFound(id);
            }
            return read.from(state);
        });
    }

    /** Reads a conversation in whatever state it is. */
    <R> R any(ConversationEntry entry, Read<R> read) {
        while (true) {
            ConversationState state = entry.state();
            try {
                return read.from(state);
            } catch (IOException e) {
                if (entry.state().messages().file().generation() == state.messages().file().generation()) {
                    throw unreadable(entry, e);
                }
            }
        }
    }

    static void refuseDamaged(ConversationEntry entry) {
        if (entry.isDamaged()) {
            throw new ConversationDamaged(entry.id());
        }
    }

    /** What to throw when files of a conversation could not be read. Damage marks the conversation as damaged. */
    StorageException unreadable(ConversationEntry entry, @Nullable IOException cause) {
        if (cause instanceof NoSuchFileException) {
            try {
                lock.check();
            } catch (IOException lost) {
                // The whole directory is gone: that is no damage of this conversation.
                return new StorageUnavailable(IoReason.of(lost), lost);
            }
        }
        if (cause instanceof FileDamaged || cause instanceof NoSuchFileException) {
            entry.markDamaged(String.valueOf(cause.getMessage()));
            return new ConversationDamaged(entry.id());
        }
        return new StorageUnavailable("conversation " + entry.id() + " cannot be read now: "
                + (cause == null ? "" : IoReason.of(cause)));
    }
}
