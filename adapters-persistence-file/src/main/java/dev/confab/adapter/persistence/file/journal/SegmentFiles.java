package dev.confab.adapter.persistence.file.journal;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.LineScanner;
import dev.confab.adapter.persistence.file.disk.Quarantine;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.domain.conversation.ConversationId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The segments of the journal as files. */
public record SegmentFiles(Disk disk, Layout layout, Quarantine quarantine) {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentFiles.class);

    /** The numbers of all segments, ascending. */
    public List<Long> numbers() throws IOException {
        return disk.list(layout.journal()).stream().flatMapToLong(name -> Layout.segmentNumber(name).stream()).sorted()
                .boxed().toList();
    }

    /**
     * Deletes the segments up to {@code last}, after copying the commits of damaged conversations to quarantine. The oldest goes first,
     * and each deletion is forced before the next, so that a crash leaves no gap.
     */
    public void deleteUpTo(long last, Set<ConversationId> damaged) throws IOException {
        for (long segment : numbers()) {
            if (segment <= last) {
                keepCommits(segment, damaged);
                disk.delete(layout.segment(segment));
                disk.forceDirectory(layout.journal());
            }
        }
    }

    /** Copies the commits of damaged conversations from a segment to quarantine. */
    public void keepCommits(long segment, Set<ConversationId> damaged) throws IOException {
        for (ConversationId id : damaged) {
            var kept = new ByteArrayOutputStream();
            LineScanner.scan(disk, layout.segment(segment), Long.MAX_VALUE, (bytes, from, length, offset) -> {
                StoredJson.line(bytes, from, length).ifPresent(batch -> copyCommits(id, batch, kept));
                return true;
            });
            if (kept.size() > 0) {
                Path copy = quarantine.keepCommits(id, segment, kept.toByteArray());
                LOG.error("The journal has commits of the damaged conversation {}; a copy is in quarantine/{}", id,
                        copy.getFileName());
            }
        }
    }

    private static void copyCommits(ConversationId id, JsonNode batch, ByteArrayOutputStream kept) {
        for (JsonNode commit : batch.required("commits")) {
            if (StoredJson.text(commit, "conversation").equals(id.toString())) {
                kept.writeBytes(StoredJson.MAPPER.writeValueAsBytes(commit));
                kept.write('\n');
            }
        }
    }
}
