package dev.confab.benchmarks.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Software that stores conversations in PostgreSQL, set up as its documentation says, with its own database. Its methods may be called from many
 * threads at the same time.
 */
abstract class Peer implements AutoCloseable {
    /** The window of the chat memories: longer than any conversation here, so that they drop no message. */
    static final int WINDOW = 100_000;

    final Database database = TestPostgres.shared().newDatabase();
    final HikariDataSource pool = Databases.pool(database);
    final String name;
    private final String textsQuery;

    /**
     * @param name the name in the printed tables
     * @param textsQuery the SQL query of all texts in a conversation; its parameter is the conversation's UUID
     */
    Peer(String name, String textsQuery) {
        this.name = name;
        this.textsQuery = textsQuery;
    }

    /** Starts a conversation with these messages, in the fastest way that the peer has. */
    abstract void start(UUID conversation, List<String> texts);

    /** Appends a user's message, which is durable when the call returns. */
    abstract void append(UUID conversation, String text);

    /** How often each text is stored in the conversation. */
    final Map<String, Long> copies(UUID conversation) {
        // Not from the pool, whose connections may have been cut.
        return Databases.client(database).sql(textsQuery).param(conversation).query(String.class).list().stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Override
    public void close() {
        pool.close();
        database.close();
    }

    /** Runs the schema script that a library contains. */
    final void createSchema(String script) {
        new ResourceDatabasePopulator(new ClassPathResource(script)).execute(pool);
    }

    /** The name of the jar that contains a class, which includes the version. */
    static String jarOf(Class<?> type) {
        String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
    }
}
