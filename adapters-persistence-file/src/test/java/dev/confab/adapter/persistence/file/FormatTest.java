package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.trial.Trials;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Activity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A directory of the format without sessions is opened and upgraded; a directory of a later format is refused. */
class FormatTest {
    private static final Layout LAYOUT = new Layout(Life.SETTINGS.directory());

    @Test
    void a_directory_without_sessions_opens_and_an_older_confab_refuses_it_from_then_on() throws IOException {
        var disk = new SimulatedDisk(1);
        ConversationId id = makeOldStore(disk);
        Snapshot before = stored(disk, id);
        disk.overwrite(LAYOUT.format(), bytes("1\n"));

        assertThat(stored(disk, id)).isEqualTo(before);
        assertThat(before.activity()).isEqualTo(Activity.NONE);
        assertThat(text(disk, LAYOUT.format())).isEqualTo("4\n");
    }

    /** A Confab of that time keeps no mark, so an old one may be there that is out of date. */
    @Test
    void a_directory_without_a_high_water_mark_opens_and_demands_one_from_then_on() throws IOException {
        var disk = new SimulatedDisk(1);
        ConversationId id = makeOldStore(disk);
        Snapshot before = stored(disk, id);
        disk.overwrite(LAYOUT.format(), bytes("2\n"));
        disk.overwrite(LAYOUT.highWaterMark(), bytes("old"));

        assertThat(stored(disk, id)).isEqualTo(before);
        assertThat(text(disk, LAYOUT.format())).isEqualTo("4\n");
        disk.delete(LAYOUT.highWaterMark());
        assertThatThrownBy(() -> open(disk)).isInstanceOf(FileStoreCannotOpen.class)
                .hasMessageContaining("highwater is missing");
    }

    @Test
    void a_directory_without_authors_opens_only_with_its_high_water_mark() throws IOException {
        var disk = new SimulatedDisk(1);
        ConversationId id = makeOldStore(disk);
        Snapshot before = stored(disk, id);
        disk.overwrite(LAYOUT.format(), bytes("3\n"));
        SimulatedDisk withoutMark = disk.copy();
        withoutMark.delete(LAYOUT.highWaterMark());

        assertThat(stored(disk, id)).isEqualTo(before);
        assertThat(text(disk, LAYOUT.format())).isEqualTo("4\n");
        assertThatThrownBy(() -> open(withoutMark)).isInstanceOf(FileStoreCannotOpen.class)
                .hasMessageContaining("highwater is missing");
        assertThat(text(withoutMark, LAYOUT.format())).isEqualTo("3\n");
    }

    @Test
    void a_crash_at_any_operation_of_the_upgrade_loses_nothing() throws IOException {
        var base = new SimulatedDisk(1);
        ConversationId id = makeOldStore(base);
        Snapshot before = stored(base, id);
        base.overwrite(LAYOUT.format(), bytes("1\n"));
        boolean opened = false;
        for (long n = 1; !opened; n++) {
            SimulatedDisk disk = base.copy();
            disk.dieAt(disk.operations() + n);
            opened = opens(disk);
            SimulatedDisk after = disk.crash(n);
            Trials.run("dies at operation " + n + " of the opening",
                    () -> assertThat(stored(after, id)).isEqualTo(before));
        }
    }

    @Test
    void a_directory_of_a_later_format_is_refused_and_left_as_it_is() throws IOException {
        var disk = new SimulatedDisk(1);
        makeOldStore(disk);
        disk.overwrite(LAYOUT.format(), bytes("5\n"));

        assertThatThrownBy(() -> open(disk)).isInstanceOf(FileStoreCannotOpen.class)
                .hasMessageContaining("format \"5\"");
        assertThat(text(disk, LAYOUT.format())).isEqualTo("5\n");
    }

    @Test
    void conversations_without_sessions_are_written_as_in_the_older_format() throws IOException {
        var disk = new SimulatedDisk(1);
        ConversationId id = makeOldStore(disk);

        assertThat(text(disk, LAYOUT.head(id))).doesNotContain("activity");
        for (String segment : disk.list(LAYOUT.journal())) {
            assertThat(text(disk, LAYOUT.journal().resolve(segment))).contains("events").doesNotContain("sessions");
        }
    }

    /** A head, and commits behind it in the journal. */
    private static ConversationId makeOldStore(SimulatedDisk disk) throws IOException {
        ConversationId id = Samples.newConversationId();
        FileStore store = open(disk);
        store.transact(id, Transactions.begin(Samples.started(id)));
        store.transact(id, Transactions.append(Samples.draft("one"), Samples.now()));
        store.checkpoint();
        store.transact(id, Transactions.append(Samples.draft("two"), Samples.now()));
        store.abandon();
        return id;
    }

    private static Snapshot stored(SimulatedDisk disk, ConversationId id) {
        FileStore store = open(disk);
        assertThat(store.health().damaged()).isEqualTo(List.of());
        Snapshot snapshot = Snapshot.of(store, id);
        store.abandon();
        return snapshot;
    }

    private static boolean opens(SimulatedDisk disk) {
        try {
            open(disk).abandon();
            return true;
        } catch (FileStoreCannotOpen dead) {
            return false;
        }
    }

    private static FileStore open(SimulatedDisk disk) {
        return FileStore.open(Life.SETTINGS, new FileStoreObserver() {
        }, disk);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(SimulatedDisk disk, Path file) throws IOException {
        return new String(disk.read(file, 0, 1 << 20), StandardCharsets.UTF_8);
    }
}
