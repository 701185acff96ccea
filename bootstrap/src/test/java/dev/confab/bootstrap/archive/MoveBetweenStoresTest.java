package dev.confab.bootstrap.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreObserver;
import dev.confab.adapter.persistence.file.FileStoreSettings;
import dev.confab.adapter.persistence.file.archive.GzipArchiveFormat;
import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.application.Archives;
import dev.confab.application.Archives.Progress;
import dev.confab.application.Archives.Side;
import dev.confab.application.archive.ArchiveService;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.StoredConversations;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files to PostgreSQL and back to files, with cuts on every way. The campaign does the same with more, in processes. */
class MoveBetweenStoresTest {
    private static final int CONVERSATIONS = 200;
    private static final Progress SILENT = _ -> {
    };

    @TempDir
    Path directory;

    @Test
    void files_to_postgresql_to_files_gives_the_same_conversations_although_every_way_is_cut() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        try (Database database = TestPostgres.shared().newDatabase();
                FileStore first = files("first");
                JpaStore second = JpaStore.open(
                        JpaStoreSettings.of(database.url(), database.username(), database.password()),
                        WriteObserver.NONE);
                FileStore third = files("third")) {
            new Population(first, seed).add(CONVERSATIONS);

            byte[] out = move(service(first, first.stored(), "file"), service(second, second.stored(), "jpa"), random);
            byte[] back = move(service(second, second.stored(), "jpa"), service(third, third.stored(), "file"), random);

            assertThat(Same.expect(first.stored(), second.stored())).as("seed %d", seed).isEqualTo(CONVERSATIONS);
            assertThat(Same.expect(second.stored(), third.stored())).as("seed %d", seed).isEqualTo(CONVERSATIONS);
            var compared = service(third, third.stored(), "file").compare(new Side.Archive(Bytes.of(out)),
                    new Side.Stored(Optional.empty()), SILENT);
            assertThat(compared.isEqual()).isTrue();
            assertThat(compared.equal()).isEqualTo(CONVERSATIONS);
            assertThat(service(first, first.stored(), "file").compare(new Side.Stored(Optional.empty()),
                    new Side.Archive(Bytes.of(back)), SILENT).isEqual()).isTrue();
        }
    }

    /** Exports with two interruptions and imports with two, and returns the archive. */
    private static byte[] move(Archives source, Archives target, Random random) {
        byte[] archive = new byte[0];
        for (int attempt = 0; attempt < 3; attempt++) {
            var out = new ByteArrayOutputStream();
            try {
                int most = attempt < 2 ? 100_000 * (attempt + 1) + random.nextInt(100_000) : Integer.MAX_VALUE;
                export(source, archive, out, most);
            } catch (UncheckedIOException interrupted) {
                assertThat(attempt).isLessThan(2);
            }
            archive = out.toByteArray();
        }
        assertThat(target.importAll(Bytes.cut(archive, archive.length / 3 + random.nextInt(1_000)), SILENT).damage())
                .isPresent();
        assertThat(target.importAll(Bytes.cut(archive, archive.length - 1 - random.nextInt(1_000)), SILENT)
                .isComplete()).isFalse();
        var last = target.importAll(Bytes.of(archive), SILENT);
        assertThat(last.isComplete()).as("%s", last).isTrue();
        assertThat(last.equal() + last.imported()).isEqualTo(CONVERSATIONS);
        return archive;
    }

    private static void export(Archives source, byte[] cut, ByteArrayOutputStream out, int most) {
        try {
            source.resume(Optional.empty(), Bytes.of(cut), Bytes.full(out, most), () -> {
            }, SILENT);
        } catch (ArchiveDamaged nothingYet) {
            source.export(Archives.Selection.ALL, Bytes.full(out, most), SILENT);
        }
    }

    private FileStore files(String name) {
        return FileStore.open(FileStoreSettings.of(directory.resolve(name)), new FileStoreObserver() {
        });
    }

    private static ArchiveService service(ConversationStore store, StoredConversations stored, String name) {
        return new ArchiveService(new RetryingConversationStore(store, Duration.ofSeconds(10), (_, _) -> {
        }), stored, new GzipArchiveFormat(), name, Clock.tickMillis(ZoneOffset.UTC));
    }
}
