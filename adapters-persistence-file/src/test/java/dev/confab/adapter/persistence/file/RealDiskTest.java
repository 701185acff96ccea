package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.ApiKeySamples;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On the machine's own disk: what the store forces, as the flight recorder of the JDK sees it, and the modes of its files. */
class RealDiskTest {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    @TempDir
    Path temporary;

    @Test
    void an_append_forces_the_journal_and_a_checkpoint_forces_messages_heads_and_directories() throws IOException {
        Path data = temporary.resolve("data");
        ConversationId id = Samples.newConversationId();
        try (var recording = new Recording()) {
            recording.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
            recording.start();
            FileStore store = open(data);
            store.transact(id, Transactions.begin(Samples.started(id)));
            for (int n = 1; n <= 5; n++) {
                append(store, id);
            }
            store.checkpoint();
            store.keys().create(ApiKeySamples.apiKey(Samples.ALICE));
            store.abandon();
            recording.stop();
            List<String> forced = forced(recording);

            // The new segment, and then each of the six commits.
            assertThat(forced.stream().filter(data.resolve("journal/00000001.jsonl").toString()::equals)).hasSize(7);
            assertThat(forced).contains(data.resolve("conversations/" + id + ".1.jsonl").toString(),
                    data.resolve("conversations/" + id + ".json.tmp").toString(),
                    data.resolve("format.tmp").toString(), data.resolve("keys.json.tmp").toString(),
                    data.resolve("conversations").toString(),
                    data.resolve("journal").toString(), data.toString(), temporary.toString());
        }
    }

    private List<String> forced(Recording recording) throws IOException {
        Path dump = temporary.resolve("forces.jfr");
        recording.dump(dump);
        var paths = new ArrayList<String>();
        for (RecordedEvent event : RecordingFile.readAllEvents(dump)) {
            paths.add(event.getString("path"));
        }
        return paths;
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void only_the_user_of_the_process_can_read_the_data_directory() throws IOException {
        Path data = temporary.resolve("data");
        ConversationId id = Samples.newConversationId();
        FileStore store = open(data);
        store.transact(id, Transactions.begin(Samples.started(id)));
        append(store, id);
        store.checkpoint();
        append(store, id);
        store.keys().create(ApiKeySamples.apiKey(Samples.ALICE));
        store.abandon();

        assertThat(data.resolve("confab.lock")).exists();
        assertThat(data.resolve("keys.json")).exists();
        assertThat(data.resolve("index")).isNotEmptyDirectory();
        try (Stream<Path> all = Files.walk(data)) {
            for (Path path : all.toList()) {
                assertThat(Files.getPosixFilePermissions(path)).as("%s", path)
                        .isEqualTo(Files.isDirectory(path) ? DIRECTORY : FILE);
            }
        }
    }

    /** Without Java's class names. As root nothing is denied, so the path is what cannot be used. */
    @Test
    void a_directory_that_cannot_be_used_is_refused_in_words() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> open(file)).isInstanceOf(FileStoreCannotOpen.class)
                .hasMessage("The data directory " + file + " cannot be used: " + file
                        + ": a file with this name is in the way");
        assertThatThrownBy(() -> open(file.resolve("data"))).isInstanceOf(FileStoreCannotOpen.class)
                .hasMessageEndingWith(": Not a directory").hasMessageNotContaining("Exception");
    }

    private static Message append(FileStore store, ConversationId id) {
        return store.transact(id, Transactions.append(Samples.draft("text"), Samples.now()));
    }

    private static FileStore open(Path data) {
        var settings = new FileStoreSettings(data, Duration.ofSeconds(60), 1L << 30, Duration.ofHours(1), 1 << 20,
                false);
        return FileStore.open(settings, new FileStoreObserver() {
        });
    }
}
