package dev.confab.adapter.persistence.file.recovery;

import dev.confab.adapter.persistence.file.json.ConversationEventJson;
import dev.confab.adapter.persistence.file.json.SessionEventJson;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.adapter.persistence.file.memory.ConversationEntry;
import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.adapter.persistence.file.memory.ConversationTable;
import dev.confab.adapter.persistence.file.memory.TransactionBase;
import dev.confab.adapter.persistence.file.message.MessageReader;
import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.work.Change;
import dev.confab.domain.work.UnitOfWork;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Repeats the commits of the journal on the table. It skips commits that a head already has, so a replay may be repeated. */
public final class CommitReplay {
    private final ConversationTable table;
    private final MessageReader messages;
    private final OnDamage onDamage;
    private final Set<ConversationId> dirty = new HashSet<>();
    private long lastCommit;

    /** What to do with the files of damaged conversations. */
    @FunctionalInterface
    public interface OnDamage {
        /** Its commits do not fit. */
        void damaged(ConversationId id) throws IOException;

        /** A commit removed it; a crash may have left its files. */
        default void removed(ConversationEntry entry) throws IOException {
        }
    }

    /**
     * Begins with the state of the heads.
     *
     * @param usedCommit a number up to which commit numbers were used, though the conversations may be purged since
     */
    public CommitReplay(ConversationTable table, MessageReader messages, OnDamage onDamage, long usedCommit) {
        this.table = table;
        this.messages = messages;
        this.onDamage = onDamage;
        this.lastCommit = usedCommit;
        for (ConversationEntry entry : table.all()) {
            lastCommit = Math.max(lastCommit, entry.state().commit());
            if (entry.state().isPurged()) {
                // A crash left this tombstone: the next checkpoint deletes it.
                dirty.add(entry.id());
            }
        }
    }

    /** Conversations with commits that their head does not hold, damaged ones with any commit, and tombstones. */
    Set<ConversationId> dirty() {
        return dirty;
    }

    /** The highest number of all commits, skipped ones too. */
    long lastCommit() {
        return lastCommit;
    }

    public void replay(JsonNode commit) throws IOException {
        long number = commit.required("commit").longValue();
        lastCommit = Math.max(lastCommit, number);
        ConversationId id = ConversationId.parse(StoredJson.text(commit, "conversation"));
        ConversationEntry entry = table.find(id).orElseGet(() -> table.put(id, ConversationState.ABSENT));
        if (number > entry.state().commit() && isRemoval(commit)) {
            dirty.add(id);
            entry.publish(entry.state().after(Change.removal(id, entry.state().head(), Instant.EPOCH),
                    entry.state().messages().weight(), number));
            onDamage.removed(entry);
        } else if (entry.isDamaged()) {
            dirty.add(id);
        } else if (number > entry.state().commit()) {
            dirty.add(id);
            repeat(entry, commit, number);
        }
    }

    /** Whether the commit removed a damaged conversation: no other purge has the version 1. It needs no earlier state. */
    private static boolean isRemoval(JsonNode commit) {
        JsonNode events = commit.path("events");
        return events.size() == 1 && events.get(0).path("event").asString("").equals("purged")
                && events.get(0).path("version").asLong(0) == Version.FIRST.value();
    }

    /** Runs the same checks as the first time. A commit that fails them is damage of this one conversation. */
    private void repeat(ConversationEntry entry, JsonNode commit, long number) throws IOException {
        try {
            List<ConversationEvent> events = StoredJson.list(commit.required("events"),
                    event -> ConversationEventJson.read(entry.id(), event));
            List<SessionEvent> sessionEvents = StoredJson.list(commit.path("sessions"),
                    event -> SessionEventJson.read(entry.id(), event));
            var base = new TransactionBase(entry.id(), entry.state(), messages);
            var outcome = UnitOfWork.run(entry.id(), base, tx -> {
                events.forEach(tx::record);
                // Last, because a session may begin together with its conversation; a purge leaves no session events to write.
                sessionEvents.forEach(tx::record);
                return events;
            });
            Change change = outcome.change().orElseThrow();
            long removed = messages.removedWeight(entry.id(), entry.state().messages(), change);
            entry.publish(entry.state().after(change, removed, number));
        } catch (JacksonException | IllegalArgumentException | ConfabException | TransactionBase.Unreadable e) {
            entry.markDamaged("commit " + number + " of the journal does not fit: " + StoredJson.reason(e));
            onDamage.damaged(entry.id());
        }
    }
}
