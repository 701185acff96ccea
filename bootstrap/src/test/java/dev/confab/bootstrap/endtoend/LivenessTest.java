package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import tools.jackson.databind.json.JsonMapper;

/** A thread of the file store that an Error ends makes liveness fail, so that a supervisor restarts the process. */
class LivenessTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LIVENESS = "/actuator/health/liveness";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"confab.journal.forces, confab-journal", "confab.checkpoints, confab-checkpoint"})
    void the_process_is_not_live_after_an_error_in_a_thread_that_writes(String meter, String thread) throws Exception {
        try (var confab = RunningConfab.startWith(DeadlyMeters.class, directory,
                "--confab.file.idle-checkpoint=50ms")) {
            String path = start(confab);
            assertThat(confab.get(LIVENESS).statusCode()).isEqualTo(200);

            confab.bean(DeadlyMeters.class).killWhoeverRecords(meter);

            confab.post("/api/v1/conversations", "{}");
            assertNotLive(confab, thread);
            assertThat(confab.get(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void the_process_is_not_live_after_an_error_in_the_thread_of_the_search_index() throws Exception {
        try (var confab = RunningConfab.start(directory, "--confab.file.idle-checkpoint=50ms");
                var _ = new DeadlyLog("confab-search-index")) {
            String path = start(confab);
            assertThat(confab.get("/api/v1/search?q=trip").statusCode()).isEqualTo(200);
            assertThat(confab.get(LIVENESS).statusCode()).isEqualTo(200);

            // The next checkpoint writes the index, whose thread reports that it cannot; it would be built again.
            removeIndex();
            confab.post("/api/v1/conversations", "{}");

            assertNotLive(confab, "confab-search-index");
            assertThat(confab.get(path).statusCode()).isEqualTo(200);
        }
    }

    private static String start(RunningConfab confab) throws Exception {
        var made = confab.post("/api/v1/conversations", "{\"title\":\"Trip\"}");
        return "/api/v1/conversations/" + JSON.readTree(made.body()).get("id").asString();
    }

    private static void assertNotLive(RunningConfab confab, String thread) throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(() -> confab.get(LIVENESS).statusCode() == 503);
        assertThat(JSON.readTree(confab.get(LIVENESS).body()).get("status").asString()).isEqualTo("DOWN");
        assertThat(confab.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        var store = JSON.readTree(confab.get("/actuator/health").body()).at("/components/store");
        assertThat(store.get("status").asString()).isEqualTo("DOWN");
        assertThat(store.at("/details/fatal").asString()).contains("the thread " + thread,
                "StackOverflowError: planted");
        assertThat(confab.post("/api/v1/conversations", "{}").statusCode()).isEqualTo(503);
    }

    private void removeIndex() throws Exception {
        Path index = directory.resolve("index");
        try (Stream<Path> files = Files.list(index)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(index);
    }

    /** Throws an Error in one thread when that logs a warning. */
    private static final class DeadlyLog extends TurboFilter implements AutoCloseable {
        private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        private final String thread;

        private DeadlyLog(String thread) {
            this.thread = thread;
            context.addTurboFilter(this);
        }

        @Override
        public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
                Object @Nullable [] arguments, @Nullable Throwable thrown) {
            if (level == Level.WARN && format != null && Thread.currentThread().getName().equals(thread)) {
                throw new StackOverflowError("planted");
            }
            return FilterReply.NEUTRAL;
        }

        @Override
        public void close() {
            context.getTurboFilterList().remove(this);
        }
    }
}
