package dev.confab.benchmarks.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.testsupport.postgres.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.session.CreateSessionRequest;
import org.springframework.ai.session.DefaultSessionService;
import org.springframework.ai.session.SessionService;
import org.springframework.ai.session.jdbc.JdbcSessionRepository;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Spring AI Session over its JDBC repository: inserts a row and counts the session's version up, without compaction. */
final class SpringAiSessionPeer implements Peer {
    static final String JAR = Peer.jarOf(JdbcSessionRepository.class);
    private static final String SCHEMA = "org/springframework/ai/session/jdbc/schema-postgresql.sql";

    private final Database database;
    private final HikariDataSource source;
    private final SessionService sessions;

    SpringAiSessionPeer(Database database) {
        this.database = database;
        source = Databases.pool(database);
        new ResourceDatabasePopulator(new ClassPathResource(SCHEMA)).execute(source);
        sessions = DefaultSessionService.builder()
                .sessionRepository(JdbcSessionRepository.builder().dataSource(source).build()).build();
    }

    @Override
    public void start(UUID conversation, List<String> texts) {
        sessions.create(
                CreateSessionRequest.builder().id(conversation.toString()).userId(Chat.OWNER.value()).build());
        texts.forEach(text -> append(conversation, text));
    }

    @Override
    public void append(UUID conversation, String text) {
        sessions.appendMessage(conversation.toString(), new UserMessage(text));
    }

    @Override
    public Map<String, Long> copies(UUID conversation) throws SQLException {
        return Databases.copies(database,
                "SELECT message_content, count(*) FROM ai_session_event WHERE session_id = ? GROUP BY message_content",
                conversation.toString());
    }

    @Override
    public void close() {
        source.close();
    }
}
