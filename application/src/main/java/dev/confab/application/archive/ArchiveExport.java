package dev.confab.application.archive;

import dev.confab.application.Archives.Exported;
import dev.confab.application.Archives.Progress;
import dev.confab.domain.archive.ArchiveLine.Missing;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.StoredConversations;
import java.util.List;
import java.util.Optional;

/** Writes stored conversations to an archive, each as of one moment. */
record ArchiveExport(StoredConversations stored, Optional<OwnerId> owner, ArchiveOutput out, Progress progress) {
    /** A conversation of many windows may be changed while it is read; then it is read again. */
    private static final int ATTEMPTS = 20;

    /** Writes all conversations with higher ids, and ends the archive. */
    Exported run(Optional<ConversationId> after) {
        var ids = new StoredIds(stored, owner, after);
        for (Optional<ConversationId> id = ids.next(); id.isPresent(); id = ids.next()) {
            write(id.get());
            progress.done(out.conversations());
        }
        return out.end();
    }

    private void write(ConversationId id) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<StoredSnapshot> snapshot;
            try {
                snapshot = StoredSnapshot.of(stored, id);
            } catch (ConversationDamaged damaged) {
                out.missing(new Missing(id, "damaged"));
                return;
            }
            // A conversation that was purged since its id was read needs no export. One that was created again may be another owner's.
            if (snapshot.filter(found -> owner.isEmpty() || owner.get().equals(found.head().owner())).isEmpty()
                    || write(snapshot.get())) {
                return;
            }
        }
        out.missing(new Missing(id, "changed again and again while it was read"));
    }

    /** Returns false when the conversation was changed while it was read; then its lines are discarded. */
    private boolean write(StoredSnapshot snapshot) {
        ArchiveOutput.Writing writing = out.begin(snapshot.head(), snapshot.activity());
        try {
            while (!snapshot.isComplete()) {
                Optional<List<Message>> messages = snapshot.next();
                if (messages.isEmpty()) {
                    writing.discard();
                    return false;
                }
                messages.get().forEach(writing::message);
            }
            writing.end();
            return true;
        } catch (ConversationDamaged damaged) {
            writing.discard();
            out.missing(new Missing(snapshot.head().id(), "damaged"));
            return true;
        }
    }
}
