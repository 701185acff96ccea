package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.repair.QuarantineDesk;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A machine that crashes while a conversation is put back from quarantine. */
class RestoreCrashTest {
    private static final Layout LAYOUT = new Layout(Life.SETTINGS.directory());

    private final ConversationId id = Samples.newConversationId();
    private SimulatedDisk disk = new SimulatedDisk(0);
    private byte[] rightHead = {};

    @Test
    void a_crash_at_any_moment_of_a_restore_leaves_the_conversation_whole_in_quarantine_or_in_place()
            throws IOException {
        quarantine();
        SimulatedDisk before = disk;
        boolean restored = false;
        for (int n = 0; !restored; n++) {
            assertThat(n).isLessThan(200);
            for (int seed = 0; seed < 5; seed++) {
                disk = before.copy();
                restored = restoreUntil(n);
                disk = disk.crash(31L * n + seed);
                assertWhole(n, restored);
            }
        }
    }

    private boolean restoreUntil(int n) throws IOException {
        try (var desk = new QuarantineDesk(LAYOUT.root(), disk)) {
            disk.dieAt(disk.operations() + n);
            desk.restore(id.toString());
            return true;
        } catch (IOException died) {
            return false;
        }
    }

    private void assertWhole(int n, boolean restored) throws IOException {
        FileStore store = open();
        if (store.health().damaged().isEmpty()) {
            assertThat(store.reader().find(id, Samples.now())).as("after %d operations", n).isPresent();
            assertThat(Snapshot.of(store, id).messages()).extracting(Message::text).containsExactly("one", "two");
        } else {
            assertThat(restored).as("restored after %d operations", n).isFalse();
            assertThat(store.health().damaged()).containsExactly(id);
            Path head = LAYOUT.quarantine().resolve(id + ".json.corrupt");
            assertThat(disk.read(head, 0, 1 << 20)).isEqualTo(rightHead);
        }
        store.abandon();
    }

    /** A conversation of two messages in quarantine, with a head that has been repaired there. */
    private void quarantine() throws IOException {
        FileStore store = open();
        store.transact(id, Transactions.begin(Samples.started(id)));
        store.transact(id, Transactions.append(Samples.draft("one"), Samples.now()));
        store.transact(id, Transactions.append(Samples.draft("two"), Samples.now()));
        store.close();
        rightHead = disk.read(LAYOUT.head(id), 0, 1 << 20);
        byte[] damaged = rightHead.clone();
        damaged[3] ^= 1;
        disk.overwrite(LAYOUT.head(id), damaged);
        open().close();
        disk.overwrite(LAYOUT.quarantine().resolve(id + ".json.corrupt"), rightHead);
    }

    private FileStore open() {
        return FileStore.open(Life.SETTINGS, new FileStoreObserver() {
        }, disk);
    }
}
