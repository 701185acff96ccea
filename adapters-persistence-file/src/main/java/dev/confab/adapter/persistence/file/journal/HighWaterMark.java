package dev.confab.adapter.persistence.file.journal;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.json.StoredJson;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/**
 * The file {@code highwater}: which part of the journal must be there when the directory is opened. It is written when the store is
 * opened, at each checkpoint before segments are deleted, and when the store is closed. It does not cover later commits: if the journal is
 * cut between two of their lines, the loss is not noticed.
 *
 * @param segment the segment that is being written; it is deleted only after a later mark names another
 * @param checkpointed number of the last batch that heads hold; the journal may still have it and those before
 * @param batch number of the last batch; those after {@code checkpointed} are in the journal
 * @param commit number of the last commit
 */
public record HighWaterMark(long segment, long checkpointed, long batch, long commit) {

    /** Replaces the file and forces it. */
    void write(Disk disk, Layout layout) throws IOException {
        disk.replace(layout.highWaterMark(), ChecksummedLine.of(StoredJson.bytes(json -> {
            json.writeStartObject();
            json.writeNumberProperty("segment", segment);
            json.writeNumberProperty("checkpointed", checkpointed);
            json.writeNumberProperty("batch", batch);
            json.writeNumberProperty("commit", commit);
            json.writeEndObject();
        })));
        disk.forceDirectory(layout.root());
    }

    /** Throws {@link FileDamaged} when the file is missing or cannot be read. */
    public static HighWaterMark read(Disk disk, Layout layout) throws IOException {
        if (!disk.exists(layout.highWaterMark())) {
            throw new FileDamaged("the file highwater is missing");
        }
        byte[] line = disk.read(layout.highWaterMark(), 0, 1_000);
        boolean ended = line.length > 0 && line[line.length - 1] == '\n';
        return StoredJson.read("the file highwater", line, 0, ended ? line.length - 1 : 0,
                json -> new HighWaterMark(number(json, "segment"), number(json, "checkpointed"),
                        number(json, "batch"), number(json, "commit")));
    }

    private static long number(JsonNode json, String name) {
        return json.required(name).longValue();
    }
}
