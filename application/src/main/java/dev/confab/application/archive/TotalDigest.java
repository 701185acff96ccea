package dev.confab.application.archive;

import dev.confab.domain.archive.ArchiveLine.End;
import dev.confab.domain.archive.ArchiveLine.Total;
import dev.confab.domain.conversation.Digest;

/** Sums up the conversations of an archive, in order. */
final class TotalDigest {
    private final Digest.Builder digest = Digest.of("archive");
    private long conversations;
    private long messages;
    private long missing;

    void add(End end) {
        conversations++;
        messages += end.messages();
        digest.field(end.id().toString()).field(end.digest().hex());
    }

    void addMissing() {
        missing++;
    }

    long conversations() {
        return conversations;
    }

    /** May be called once. */
    Total total() {
        return new Total(conversations, messages, missing, digest.build());
    }
}
