package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.health.Part;
import dev.confab.adapter.persistence.file.journal.JournalSegment;
import dev.confab.domain.conversation.ConversationId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The journal lost its end or a segment without a trace in what is left: the high-water mark tells. */
class HighWaterMarkTest {
    private static final Layout LAYOUT = new Layout(Life.SETTINGS.directory());

    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final ConversationId id = Samples.newConversationId();

    @Test
    void a_tail_that_was_cut_between_two_lines_after_an_orderly_end_is_noticed() throws IOException {
        FileStore store = openAndWrite(3);
        // The checkpoint at the end fails, so the commits stay in the journal.
        disk.failNext(path -> path.getParent().endsWith("conversations"), SimulatedDisk.Operation.OPEN);
        store.close();
        cutLastLine(onlySegment());

        assertRefused("ends with batch 3, but batch 4 with commit 4 was durable");
        assertSalvaged(2);
    }

    @Test
    void a_tail_that_was_cut_between_two_lines_is_noticed_after_the_store_was_opened_with_it() throws IOException {
        openAndWrite(3).abandon();
        open(false).abandon();
        cutLastLine(LAYOUT.segment(1));

        assertRefused("ends with batch 3, but batch 4 with commit 4 was durable");
        assertSalvaged(2);
    }

    @Test
    void a_missing_segment_is_noticed_after_a_kill() throws IOException {
        FileStore store = openAndWrite(1);
        store.checkpoint();
        store.transact(id, Transactions.append(Samples.draft("lost"), Samples.now()));
        store.abandon();
        disk.delete(onlySegment());

        assertRefused("journal/00000002.jsonl is missing");
        assertSalvaged(1);
    }

    @Test
    void a_missing_segment_is_noticed_after_an_orderly_end() throws IOException {
        openAndWrite(1).close();
        disk.delete(onlySegment());

        assertRefused("is missing");
        assertSalvaged(1);
    }

    @Test
    void a_missing_mark_is_noticed() throws IOException {
        openAndWrite(1).close();
        disk.delete(LAYOUT.highWaterMark());

        assertRefused("highwater is missing");
        assertSalvaged(1);
    }

    @Test
    void batch_and_commit_numbers_go_on_after_an_orderly_end() throws IOException {
        openAndWrite(2).close();
        FileStore again = open(false);
        again.transact(id, Transactions.append(Samples.draft("next"), Samples.now()));
        again.abandon();

        byte[] segment = disk.read(onlySegment(), 0, 1 << 20);
        assertThat(new String(segment, java.nio.charset.StandardCharsets.UTF_8)).contains("\"batch\":4",
                "\"commit\":4");
    }

    /** No line is lost, and a crash leaves no such byte. */
    @Test
    void a_changed_byte_in_the_unused_room_is_no_loss() throws IOException {
        openAndWrite(3).abandon();
        byte[] content = disk.read(onlySegment(), 0, 1 << 20);
        int room = JournalSegment.withoutRoom(content).length + 1;
        for (int at : new int[]{room, room + 1, room + 600, content.length - 2}) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = content.clone();
                flipped[at] ^= (byte) (1 << bit);
                SimulatedDisk copy = disk.copy();
                copy.overwrite(onlySegment(), flipped);

                FileStore store = FileStore.open(Life.SETTINGS, new FileStoreObserver() {
                }, copy);

                assertThat(Snapshot.of(store, id).messages()).as("bit %d at %d", bit, at).hasSize(3);
                assertThat(store.health().problems()).isEmpty();
                assertThat(copy.list(LAYOUT.quarantine())).isEmpty();
                store.abandon();
            }
        }
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> open(false)).isInstanceOf(FileStoreCannotOpen.class).hasMessageContaining(reason)
                .hasMessageContaining("confab.file.salvage=true");
    }

    /** Salvaging opens what is there and says so; after that the directory opens as usual, even if the process was killed. */
    private void assertSalvaged(int messages) {
        FileStore store = open(true);
        assertThat(store.health().problems()).containsOnlyKeys(Part.RECOVERY);
        assertThat(store.health().failure()).isEmpty();
        assertThat(Snapshot.of(store, id).messages()).hasSize(messages);
        store.transact(id, Transactions.append(Samples.draft("after"), Samples.now()));
        store.abandon();
        FileStore again = open(false);
        assertThat(again.health().problems()).isEmpty();
        assertThat(Snapshot.of(again, id).messages()).hasSize(messages + 1);
        again.close();
    }

    /** A conversation with this many messages, each in a line of its own. */
    private FileStore openAndWrite(int messages) {
        FileStore store = open(false);
        store.transact(id, Transactions.begin(Samples.started(id)));
        for (int n = 0; n < messages; n++) {
            store.transact(id, Transactions.append(Samples.draft("text"), Samples.now()));
        }
        return store;
    }

    private Path onlySegment() throws IOException {
        return LAYOUT.journal().resolve(disk.list(LAYOUT.journal()).getFirst());
    }

    private void cutLastLine(Path segment) throws IOException {
        byte[] lines = JournalSegment.withoutRoom(disk.read(segment, 0, 1 << 20));
        int end = lines.length;
        while (lines[end - 1] != '\n') {
            end--;
        }
        disk.overwrite(segment, Arrays.copyOf(lines, end));
    }

    private FileStore open(boolean salvage) {
        FileStoreSettings s = Life.SETTINGS;
        var settings = new FileStoreSettings(s.directory(), s.lockTimeout(), s.checkpointBytes(), s.idleCheckpoint(),
                s.cacheBytes(), salvage);
        return FileStore.open(settings, new FileStoreObserver() {
        }, disk);
    }
}
