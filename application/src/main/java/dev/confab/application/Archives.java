package dev.confab.application;

import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.archive.ArchiveLine.Missing;
import dev.confab.domain.archive.ByteSink;
import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.OwnerId;
import java.util.List;
import java.util.Optional;

/**
 * Moves whole stores. An export writes everything, or everything of one owner, as an archive; an import takes an archive over,
 * conversation by conversation, and never changes a conversation that is there. Both hold one conversation in memory at most.
 */
public interface Archives {

    /**
     * The conversations to export.
     *
     * @param owner whose conversations; everyone's when empty
     * @param after only those with a higher id
     */
    record Selection(Optional<OwnerId> owner, Optional<ConversationId> after) {
        public static final Selection ALL = new Selection(Optional.empty(), Optional.empty());
    }

    /** Receives the number of conversations done so far, after each one. */
    @FunctionalInterface
    interface Progress {
        void done(long conversations);
    }

    /** How many conversations an export has to write now. */
    long count(Selection selection);

    /**
     * Writes an archive. Each conversation is as of one moment, but not all as of the same.
     *
     * @return the counts and digest of the archive, once it is complete
     */
    Exported export(Selection selection, ByteSink out, Progress progress);

    /**
     * Writes the archive that another one, which was cut, would have become: its whole conversations, and all that follow.
     *
     * @param copied runs when everything of the old archive is written
     * @throws ArchiveDamaged if the old archive has no first line, or is one of another owner
     */
    Exported resume(Optional<OwnerId> owner, ByteSource cut, ByteSink out, Runnable copied, Progress progress);

    /**
     * Takes over every conversation of an archive that is not there; of an archive that is damaged, those before the damage.
     *
     * @throws ArchiveDamaged if it is no archive: its first line cannot be read
     */
    Imported importAll(ByteSource in, Progress progress);

    /** Compares conversation by conversation. Throws {@link ArchiveDamaged} when an archive cannot be read to its end. */
    Compared compare(Side source, Side target, Progress progress);

    /** One side of a comparison. */
    sealed interface Side {
        /** The conversations of the store, of one owner or of everyone. */
        record Stored(Optional<OwnerId> owner) implements Side {
        }

        record Archive(ByteSource bytes) implements Side {
        }
    }

    /** Some ids: how many, and the first of them. */
    record Named(long count, List<ConversationId> first) {
        /** How many are named. */
        public static final int MOST = 1_000;

        public Named {
            first = List.copyOf(first);
        }
    }

    /**
     * The result of an export.
     *
     * @param missing the conversations in the store that could not be read, at most the first {@link Named#MOST} of them
     */
    record Exported(long conversations, long messages, Digest digest, long missingCount, List<Missing> missing) {
        public Exported {
            missing = List.copyOf(missing);
        }

        public boolean isComplete() {
            return missingCount == 0;
        }
    }

    /**
     * The result of an import.
     *
     * @param imported new here
     * @param equal were here already, equal in everything
     * @param conflicts are here with another content, and stay as they are
     * @param tooLarge have more messages, sessions or turns than one commit can hold; not taken over
     * @param invalid do not match their digest, or cannot be a conversation; not taken over
     * @param missing were already missing in the archive
     * @param damage why the archive could not be read to its end
     */
    record Imported(long imported, long equal, Named conflicts, Named tooLarge, Named invalid, Named missing,
            Optional<String> damage) {

        /** Whether the store now holds everything that was exported. */
        public boolean isComplete() {
            return damage.isEmpty()
                    && conflicts.count() + tooLarge.count() + invalid.count() + missing.count() == 0;
        }
    }

    /**
     * How two sides differ.
     *
     * @param missing in the target
     * @param surplus in the target
     * @param different or unreadable on one side
     */
    record Compared(long equal, Named missing, Named surplus, Named different) {
        public boolean isEqual() {
            return missing.count() + surplus.count() + different.count() == 0;
        }
    }

    /** Backups of the store that runs. Only a store that has no tools of its own for that makes them. */
    interface Backups {

        /**
         * The result of a backup.
         *
         * @param location where the copy is, as the person who runs the service knows it
         */
        record Made(String location, long files, long bytes) {
        }

        /**
         * Copies the store as of one moment, while everything goes on.
         *
         * @throws Unavailable if this service makes no backups; says what to do instead
         * @throws dev.confab.domain.port.StorageUnavailable if the copy failed
         */
        Made make();

        /** This service makes no backups. */
        final class Unavailable extends RuntimeException {
            private static final long serialVersionUID = 1L;

            /** @param advice a sentence about what to do instead */
            public Unavailable(String advice) {
                super(advice);
            }
        }
    }
}
