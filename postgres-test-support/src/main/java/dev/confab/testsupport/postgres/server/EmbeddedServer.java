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

/** PostgreSQL's own programs as processes of this machine. The data is in {@code target/}, or in the temporary directory if there is none. */
record EmbeddedServer(EmbeddedPostgres postgres, Path data) implements PostgresServer {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    static EmbeddedServer start() {
        try {
            Path target = Path.of("target").toAbsolutePath();
            Path data = Files.isDirectory(target)
                    ? Files.createTempDirectory(target, "postgres-")
                    : Files.createTempDirectory("postgres-");
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(true)
                    // TestPostgres has the hook: one place stops every kind of server.
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(TIME_LIMIT)
                    // Sorting and case rules are the same on every machine.
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8");
            Settings.REQUIRED.forEach(builder::setServerConfig);
            return new EmbeddedServer(builder.start(), data);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL did not start", e);
        }
    }

    @Override
    public Login login() {
        return new Login("127.0.0.1", postgres.getPort(), "postgres", "postgres", "");
    }

    @Override
    public void restartImmediately() {
        try {
            Path log = data.resolve("restarts.log");
            // pg_ctl starts the server with the arguments of its last start, which are in postmaster.opts.
            // PostgreSQL refuses to run as root; a new user namespace, as at the first start, hides that.
            List<String> command = new ArrayList<>(
                    System.getProperty("user.name").equals("root") ? List.of("unshare", "-U") : List.of());
            command.addAll(List.of(pgCtl().toString(), "restart", "-m", "immediate", "-w", "-D", data.toString()));
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile())).start();
            if (!process.waitFor(TIME_LIMIT) || process.exitValue() != 0) {
                process.destroy();
                throw new IllegalStateException("pg_ctl restart failed: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("pg_ctl restart failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL restarted", e);
        }
    }

    /** The {@code pg_ctl} in the directory of the running program; postmaster.pid begins with its process id. */
    private Path pgCtl() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        String program = ProcessHandle.of(postmaster)
                .flatMap(process -> process.info().command())
                .orElseThrow(() -> new IllegalStateException("no process " + postmaster));
        return Path.of(program).resolveSibling("pg_ctl");
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
