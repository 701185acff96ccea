package dev.confab.benchmarks.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.confab.testsupport.postgres.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.memory.repository.jdbc.JdbcChatMemoryRepository;
import org.springframework.ai.chat.memory.repository.jdbc.PostgresChatMemoryRepositoryDialect;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Spring AI's chat memory over its JDBC repository: reads the conversation, adds the message, deletes all rows and inserts them
 * anew. Its reference says that it is a model's memory and not meant for a whole history.
 */
final class SpringAiMemoryPeer implements Peer {
    static final String JAR = Peer.jarOf(JdbcChatMemoryRepository.class);
    private static final String SCHEMA = "org/springframework/ai/chat/memory/repository/jdbc/schema-postgresql.sql";

    private final Database database;
    private final HikariDataSource source;
    private final MessageWindowChatMemory memory;

    SpringAiMemoryPeer(Database database) {
        this.database = database;
        source = Databases.pool(database);
        new ResourceDatabasePopulator(new ClassPathResource(SCHEMA)).execute(source);
        var repository = JdbcChatMemoryRepository.builder().dataSource(source)
                .dialect(new PostgresChatMemoryRepositoryDialect()).build();
        memory = MessageWindowChatMemory.builder().chatMemoryRepository(repository).maxMessages(WINDOW).build();
    }

    @Override
    public void start(UUID conversation, List<String> texts) {
        memory.add(conversation.toString(), texts.stream().<Message>map(UserMessage::new).toList());
    }

    @Override
    public void append(UUID conversation, String text) {
        memory.add(conversation.toString(), new UserMessage(text));
    }

    @Override
    public Map<String, Long> copies(UUID conversation) throws SQLException {
        return Databases.copies(database,
                "SELECT content, count(*) FROM spring_ai_chat_memory WHERE conversation_id = ? GROUP BY content",
                conversation.toString());
    }

    @Override
    public void close() {
        source.close();
    }
}
