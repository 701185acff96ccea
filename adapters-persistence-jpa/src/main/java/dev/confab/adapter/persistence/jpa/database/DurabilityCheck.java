package dev.confab.adapter.persistence.jpa.database;

import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rejects a server that may lose acknowledged commits (S2). It needs no table, so it runs first, and it is also what
 * reports that the database cannot be reached.
 */
public final class DurabilityCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DurabilityCheck.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int ATTEMPTS_A_WARNING = 60;
    private static final int OLDEST_SERVER = 15;
    private static final String SERVER = """
            SELECT current_setting('server_version') AS version,
                   current_setting('server_version_num')::int / 10000 AS major_version,
                   current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
                   current_setting('full_page_writes') AS full_page_writes,
                   current_setting('synchronous_commit') AS synchronous_commit""";

    private DurabilityCheck() {
    }

    private record Server(String version, int majorVersion, String encoding, String fsync, String fullPageWrites,
            String synchronousCommit) {
    }

    /**
     * Checks the server. Asks once a second until one answers, as long as {@code patience}. A server that answers no is not asked again.
     *
     * @param patience zero to ask once
     * @throws DatabaseUnreachable if none has answered by then
     */
    public static void await(DataSource source, Duration patience) {
        RetryPolicy policy = RetryPolicy.builder().maxRetries(patience.toSeconds()).delay(PAUSE).timeout(patience)
                .includes(DatabaseUnreachable.class).build();
        var retry = new RetryTemplate(policy);
        retry.setRetryListener(new RetryListener() {
            @Override
            public void beforeRetry(RetryPolicy retries, Retryable<?> check, RetryState state) {
                if (state.getRetryCount() % ATTEMPTS_A_WARNING == 1) {
                    LOG.warn("{} Confab tries again each second, for at most {} s from its start.",
                            state.getLastException().getMessage(), patience.toSeconds());
                }
            }
        });
        retry.invoke(() -> check(source));
    }

    static void check(DataSource source) {
        Server server = ask(source);
        if (server.majorVersion() < OLDEST_SERVER) {
            throw new DatabaseCannotServe("The database is PostgreSQL " + server.version() + ": Confab needs "
                    + OLDEST_SERVER + " or newer.");
        }
        refuseOff("fsync", server.fsync());
        refuseOff("full_page_writes", server.fullPageWrites());
        refuseOff("synchronous_commit", server.synchronousCommit());
        if (!server.encoding().equals("UTF8")) {
            throw new DatabaseCannotServe("The database's encoding is " + server.encoding()
                    + ", which cannot store every text: create the database with ENCODING 'UTF8'.");
        }
    }

    private static void refuseOff(String setting, String value) {
        if (value.equals("off")) {
            throw new DatabaseCannotServe("The database runs with " + setting
                    + " off, so a crash may lose acknowledged commits: set " + setting + " to on.");
        }
    }

    private static Server ask(DataSource source) {
        try {
            return JdbcClient.create(source).sql(SERVER).query(Server.class).single();
        } catch (DataAccessException e) {
            String state = SqlFailures.cause(e).map(SqlFailures::state).orElse("");
            String advice = switch (state) {
                case "28P01", "28000" -> "check username and password";
                case "3D000" -> "create the database, or correct its name in the URL";
                default -> "check that it runs and that the URL names it";
            };
            String message = "The database cannot be reached (" + SqlFailures.message(e) + "): " + advice + ".";
            throw SqlFailures.isAway(state)
                    ? new DatabaseUnreachable(message, e)
                    : new DatabaseCannotServe(message, e);
        }
    }
}
