package dev.confab.testsupport.postgres.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PostgreSQL's own programs as processes of this machine; the data lies under {@code target/}, or among the temporary files. */
final class EmbeddedServer implements Server {
    private static final String USER = "postgres";
    private static final int TIME_LIMIT_SECONDS = 60;

    private final EmbeddedPostgres postgres;
    private final Path data;

    private EmbeddedServer(EmbeddedPostgres postgres, Path data) {
        this.postgres = postgres;
        this.data = data;
    }

    static EmbeddedServer start() {
        try {
            Path data = newDataDirectory();
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(true)
                    // TestPostgres has the hook: one place stops every kind of server.
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(TIME_LIMIT_SECONDS))
                    // The same order and the same letters on every machine.
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8");
            Settings.REQUIRED.forEach(builder::setServerConfig);
            return new EmbeddedServer(builder.start(), data);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL did not start", e);
        }
    }

    private static Path newDataDirectory() throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        return Files.isDirectory(target)
                ? Files.createTempDirectory(target, "postgres-")
                : Files.createTempDirectory("postgres-");
    }

    @Override
    public String kind() {
        return "embedded";
    }

    @Override
    public Login login() {
        return new Login("127.0.0.1", postgres.getPort(), "postgres", USER, "");
    }

    @Override
    public void restartImmediately() {
        try {
            // It starts the server with the arguments of its last start, which lie in postmaster.opts.
            List<String> command = new ArrayList<>(asUserOfServer());
            command.addAll(List.of(pgCtl().toString(), "restart", "-m", "immediate", "-w", "-D", data.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(data.resolve("restarts.log").toFile()))
                    .start();
            if (!process.waitFor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroy();
                throw new IllegalStateException(
                        "pg_ctl restart: " + Files.readString(data.resolve("restarts.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("pg_ctl restart", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL restarted", e);
        }
    }

    /** The {@code pg_ctl} beside the program that runs: postmaster.pid begins with its process id. */
    private Path pgCtl() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        String program = ProcessHandle.of(postmaster)
                .flatMap(process -> process.info().command())
                .orElseThrow(() -> new IllegalStateException("no process " + postmaster));
        return Path.of(program).resolveSibling("pg_ctl");
    }

    /** PostgreSQL refuses to run as root; a user namespace of its own, as it was first started in, hides that. */
    private static List<String> asUserOfServer() {
        return System.getProperty("user.name").equals("root") ? List.of("unshare", "-U") : List.of();
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
