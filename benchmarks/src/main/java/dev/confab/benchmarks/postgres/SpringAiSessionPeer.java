package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.harness.Chat;
import java.util.List;
import java.util.UUID;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.session.CreateSessionRequest;
import org.springframework.ai.session.DefaultSessionService;
import org.springframework.ai.session.SessionService;
import org.springframework.ai.session.jdbc.JdbcSessionRepository;

/** Spring AI Session with its JDBC repository, without compaction: inserts one row and increments the session's version. */
final class SpringAiSessionPeer extends Peer {
    private final SessionService sessions = DefaultSessionService.builder()
            .sessionRepository(JdbcSessionRepository.builder().dataSource(pool).build()).build();

    SpringAiSessionPeer() {
        super(jarOf(JdbcSessionRepository.class),
                "SELECT message_content FROM ai_session_event WHERE session_id = CAST(? AS text)");
        createSchema("org/springframework/ai/session/jdbc/schema-postgresql.sql");
    }

    @Override
    void start(UUID conversation, List<String> texts) {
        sessions.create(
                CreateSessionRequest.builder().id(conversation.toString()).userId(Chat.OWNER.value()).build());
        texts.forEach(text -> append(conversation, text));
    }

    @Override
    void append(UUID conversation, String text) {
        sessions.appendMessage(conversation.toString(), new UserMessage(text));
    }
}
