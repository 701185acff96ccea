package dev.confab.adapter.persistence.file.journal;

import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** A line of the journal: one batch of commits. */
final class JournalLine {
    private JournalLine() {
    }

    /** The line with its newline. The commits get the numbers from {@code firstCommit} on. */
    static byte[] of(long batch, long segment, long firstCommit, Collection<PendingCommit> commits) {
        var json = new ByteArrayOutputStream();
        json.writeBytes(ascii("{\"batch\":" + batch + ",\"segment\":" + segment + ",\"commits\":["));
        long number = firstCommit;
        for (PendingCommit commit : commits) {
            json.writeBytes(ascii((number == firstCommit ? "" : ",") + "{\"commit\":" + number + ","));
            json.writeBytes(commit.json());
            number++;
        }
        json.writeBytes(ascii("]}"));
        return ChecksummedLine.of(json.toByteArray());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
