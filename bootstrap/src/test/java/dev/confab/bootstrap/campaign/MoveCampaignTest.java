package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreObserver;
import dev.confab.adapter.persistence.file.FileStoreSettings;
import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.bootstrap.archive.Population;
import dev.confab.bootstrap.archive.Same;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole store moves from files to PostgreSQL and back to files by the commands of the jar, each in a process with a heap of 256 MiB, which
 * is killed again and again.
 */
@Tag("process")
class MoveCampaignTest {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(30);
    private static final int KILLS = 3;

    @TempDir
    Path directory;

    @Test
    @Tag("campaign")
    void ten_thousand_conversations_move_to_postgresql_and_back_although_each_command_is_killed() throws Exception {
        move(10_000, System.nanoTime());
    }

    private void move(int conversations, long seed) throws Exception {
        var random = new Random(seed);
        Path first = directory.resolve("first");
        Path third = directory.resolve("third");
        try (FileStore store = files(first)) {
            new Population(store, seed).add(conversations);
        }
        try (Database database = TestPostgres.shared().newDatabase()) {
            List<String> onFirst = List.of("--confab.file.directory=" + first);
            List<String> onThird = List.of("--confab.file.directory=" + third);
            List<String> onPostgres = List.of("--confab.persistence=jpa", "--spring.datasource.url=" + database.url(),
                    "--spring.datasource.username=" + database.username(),
                    "--spring.datasource.password=" + database.password());
            Path there = export("there.gz", onFirst, random);
            importKilled(there, onPostgres, random);
            run(List.of("verify", there.toString(), "store"), onPostgres);
            Path back = export("back.gz", onPostgres, random);
            importKilled(back, onThird, random);
            run(List.of("verify", there.toString(), back.toString()), List.of());

            try (FileStore one = files(first);
                    FileStore last = files(third);
                    JpaStore middle = JpaStore.open(JpaStoreSettings.of(database.url(), database.username(),
                            database.password()), WriteObserver.NONE)) {
                assertThat(Same.expect(one.stored(), middle.stored())).as("seed %d", seed).isEqualTo(conversations);
                assertThat(Same.expect(one.stored(), last.stored())).as("seed %d", seed).isEqualTo(conversations);
            }
        }
    }

    /** Exports; the process is killed while it runs, and its file loses its end, before it is continued. */
    private Path export(String name, List<String> store, Random random) throws Exception {
        Path file = directory.resolve(name);
        boolean begun = false;
        for (int kill = 0; kill < KILLS; kill++) {
            var words = new ArrayList<>(List.of("export", file.toString()));
            if (begun) {
                words.add("--resume");
            }
            killWhile(words, store, file, random);
            Path cut = Files.exists(directory.resolve(name + ".cut")) ? directory.resolve(name + ".cut") : file;
            begun = Files.exists(cut) && Files.size(cut) > 1_000;
            if (begun) {
                try (var channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() - random.nextInt((int) Math.min(500, channel.size() / 2)));
                }
            } else {
                Files.deleteIfExists(file);
            }
        }
        var words = new ArrayList<>(List.of("export", file.toString()));
        if (begun) {
            words.add("--resume");
        }
        run(words, store);
        return file;
    }

    private void importKilled(Path archive, List<String> store, Random random) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            killWhile(List.of("import", archive.toString()), store, archive, random);
        }
        run(List.of("import", archive.toString()), store);
    }

    /** Kills the process some time after it has begun, or lets it end. */
    private static void killWhile(List<String> words, List<String> store, Path file, Random random) throws Exception {
        Process process = start(words, store, ProcessBuilder.Redirect.DISCARD);
        process.waitFor(6_000L + random.nextInt(20_000), TimeUnit.MILLISECONDS);
        process.destroyForcibly();
        assertThat(process.waitFor(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS)).as("%s on %s ends", words, file).isTrue();
    }

    private void run(List<String> words, List<String> store) throws Exception {
        Path log = Files.createTempFile(directory, "command", ".log");
        long start = System.nanoTime();
        Process process = start(words, store, ProcessBuilder.Redirect.to(log.toFile()));
        assertThat(process.waitFor(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(log);
        System.out.printf("%s took %d s: %s%n", words, (System.nanoTime() - start) / 1_000_000_000,
                said.lines().limit(2).toList());
        assertThat(process.exitValue()).as("%s on %s: %s", words, store, said).isZero();
    }

    private static Process start(List<String> words, List<String> settings, ProcessBuilder.Redirect output)
            throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), "dev.confab.bootstrap.ConfabApplication"));
        command.addAll(words);
        command.addAll(settings);
        return new ProcessBuilder(command).redirectErrorStream(false).redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(output).start();
    }

    private static FileStore files(Path data) {
        return FileStore.open(FileStoreSettings.of(data), new FileStoreObserver() {
        });
    }
}
