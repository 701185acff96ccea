package dev.confab.bootstrap.campaign.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.bootstrap.campaign.Api;
import dev.confab.bootstrap.campaign.ServerProcess;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** 48 writers on a server in 512 MiB that is attacked meanwhile, and killed afterwards (S1, S2, S6, S10). */
@Tag("process")
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class HostileLoadTest {
    private static final int SHORT = 25;
    private static final Duration LONG = Duration.ofMinutes(3);
    /** The target is five seconds; a slow machine gets more. */
    private static final Duration RECOVERY = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void nothing_acknowledged_is_lost_and_the_server_stays_well() throws Exception {
        campaign(files("--confab.streams.max=200", "--confab.turn.max-running=28"), operation -> operation < SHORT);
    }

    @Test
    @Tag("campaign")
    void nothing_acknowledged_is_lost_in_three_minutes_on_files() throws Exception {
        campaign(files("--confab.turn.max-running=28"), threeMinutes());
    }

    @Test
    @Tag("campaign")
    void nothing_acknowledged_is_lost_in_three_minutes_on_postgresql() throws Exception {
        try (Database database = TestPostgres.shared().newDatabase()) {
            campaign(List.of("--confab.turn.max-running=28", "--confab.persistence=jpa",
                    "--spring.datasource.url=" + database.url(),
                    "--spring.datasource.username=" + database.username(),
                    "--spring.datasource.password=" + database.password()), threeMinutes());
        }
    }

    private List<String> files(String... settings) {
        return Stream.concat(Stream.of("--confab.file.directory=" + directory.resolve("data")), Stream.of(settings))
                .toList();
    }

    private static IntPredicate threeMinutes() {
        long end = System.nanoTime() + LONG.toNanos();
        return _ -> System.nanoTime() < end;
    }

    private static void campaign(List<String> settings, IntPredicate goesOn) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        HostileLoad load;
        try (ServerProcess server = ServerProcess.launch(settings)) {
            server.awaitServing();
            load = new HostileLoad(server.api(), new SplittableRandom(seed));
            try {
                load.run(server, goesOn);
                awaitHealth(server.api());
                load.awaitTurns(server.api());
                load.verify(server.api());
            } catch (Exception | Error e) {
                System.out.println("the end of the server's log:\n" + server.lastLines());
                throw e;
            } finally {
                System.out.println(load.report());
            }
            verifyLog(server);
            server.kill();
        }
        try (ServerProcess server = ServerProcess.launch(settings)) {
            server.awaitServing();
            load.verify(server.api());
            verifyLog(server);
        }
    }

    /** Since the last attack was stopped. */
    private static void awaitHealth(Api api) throws IOException {
        long stopped = System.nanoTime();
        assertThat(api.get("/info").status()).isEqualTo(200);
        System.out.printf("answered %.3f s after the attacks", (System.nanoTime() - stopped) / 1e9);
        await().atMost(RECOVERY).until(() -> isUp(api.health("readiness")) && isUp(api.health("liveness")));
        System.out.printf(", ready and alive after %.3f s; %.0f MiB of heap used, garbage included%n",
                (System.nanoTime() - stopped) / 1e9,
                api.sum("jvm_memory_used_bytes", "area=\"heap\"") / (1 << 20));
    }

    private static boolean isUp(Api.Answer health) {
        return health.status() == 200 && health.body().get("status").asString().equals("UP");
    }

    /** Neither a fault of the service nor the stack trace of one. */
    private static void verifyLog(ServerProcess server) {
        assertThat(server.logLines()).filteredOn(line -> line.contains("OutOfMemoryError") || line.contains(" ERROR ")
                || line.contains("internal-error") || line.startsWith("\tat ") || line.startsWith("Exception in"))
                .as("faults in the log").isEmpty();
    }
}
