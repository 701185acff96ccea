package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.ConversationId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Keeps what could not be read. Nothing here is ever deleted by the store; its names tell which conversations are damaged. */
record Quarantine(Disk disk, Layout layout) {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    /** The conversations that stand here, so that a damaged one stays known as damaged. */
    Set<ConversationId> conversations() throws IOException {
        var ids = new HashSet<ConversationId>();
        for (String name : disk.list(layout.quarantine())) {
            Layout.conversationOf(name).ifPresent(ids::add);
        }
        return ids;
    }

    /** Takes a file in, under a name that is free. */
    void take(Path file) throws IOException {
        disk.rename(file, free(file.getFileName().toString()));
        disk.forceDirectory(layout.quarantine());
    }

    /** Takes a damaged conversation's files in. */
    void setAside(List<String> names) throws IOException {
        for (String name : names) {
            take(layout.conversations().resolve(name));
        }
        disk.forceDirectory(layout.conversations());
    }

    /** Keeps a copy of bytes that are about to be cut away or passed over. */
    void keep(String name, byte[] bytes) throws IOException {
        HeadFile.writeWhole(disk, free(name), bytes);
        disk.forceDirectory(layout.quarantine());
    }

    /** Copies the damaged conversations' commits out of a segment that is about to be deleted. */
    void keepCommits(long segment, Set<ConversationId> damaged) throws IOException {
        for (ConversationId id : damaged) {
            var kept = new ByteArrayOutputStream();
            LineScanner.scan(disk, layout.segment(segment), Long.MAX_VALUE, (bytes, from, length, offset) -> {
                OptionalInt json = ChecksummedLine.check(bytes, from, length);
                if (json.isPresent()) {
                    commitsOf(id, Json.tree(bytes, from + ChecksummedLine.PREFIX, json.getAsInt()), kept);
                }
                return true;
            });
            if (kept.size() > 0) {
                // One name a segment, so that a repeated checkpoint writes the same file again.
                Path file = layout.quarantine().resolve(id + ".journal-%08d.jsonl".formatted(segment) + Layout.CORRUPT);
                HeadFile.writeWhole(disk, file, kept.toByteArray());
                disk.forceDirectory(layout.quarantine());
                LOG.error("Commits of the damaged conversation {} are kept in {}", id, file.getFileName());
            }
        }
    }

    private static void commitsOf(ConversationId id, JsonNode batch, ByteArrayOutputStream kept) {
        for (JsonNode commit : batch.required("commits")) {
            if (Json.text(commit, "conversation").equals(id.toString())) {
                kept.writeBytes(Json.MAPPER.writeValueAsBytes(commit));
                kept.write('\n');
            }
        }
    }

    private Path free(String name) {
        Path file = layout.quarantine().resolve(name + Layout.CORRUPT);
        for (int n = 2; disk.exists(file); n++) {
            file = layout.quarantine().resolve(name + "-" + n + Layout.CORRUPT);
        }
        return file;
    }
}
