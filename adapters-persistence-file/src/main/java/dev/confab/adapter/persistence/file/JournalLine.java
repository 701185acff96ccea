package dev.confab.adapter.persistence.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a batch of commits looks like in the journal. */
final class JournalLine {
    private JournalLine() {
    }

    /** The line, newline included. The commits are numbered from {@code firstCommit} on. */
    static byte[] of(long batch, long segment, long firstCommit, List<Commit> commits) {
        var json = new ByteArrayOutputStream();
        json.writeBytes(ascii("{\"batch\":" + batch + ",\"segment\":" + segment + ",\"commits\":["));
        for (int i = 0; i < commits.size(); i++) {
            json.writeBytes(ascii((i == 0 ? "" : ",") + "{\"commit\":" + (firstCommit + i) + ","));
            json.writeBytes(commits.get(i).json);
        }
        json.writeBytes(ascii("]}"));
        return ChecksummedLine.of(json.toByteArray());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
