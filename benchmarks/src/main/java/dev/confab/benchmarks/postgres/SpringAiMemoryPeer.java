package dev.confab.benchmarks.postgres;

import java.util.List;
import java.util.UUID;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.memory.repository.jdbc.JdbcChatMemoryRepository;
import org.springframework.ai.chat.memory.repository.jdbc.PostgresChatMemoryRepositoryDialect;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;

/**
 * Spring AI's chat memory with its JDBC repository: reads the conversation, adds the message, deletes all rows and inserts them again. Its
 * reference says that it is the memory of a model and not meant for a complete history.
 */
final class SpringAiMemoryPeer extends Peer {
    private final MessageWindowChatMemory memory = MessageWindowChatMemory.builder().maxMessages(WINDOW)
            .chatMemoryRepository(JdbcChatMemoryRepository.builder().dataSource(pool)
                    .dialect(new PostgresChatMemoryRepositoryDialect()).build())
            .build();

    SpringAiMemoryPeer() {
        super(jarOf(JdbcChatMemoryRepository.class),
                "SELECT content FROM spring_ai_chat_memory WHERE conversation_id = CAST(? AS text)");
        createSchema("org/springframework/ai/chat/memory/repository/jdbc/schema-postgresql.sql");
    }

    @Override
    void start(UUID conversation, List<String> texts) {
        memory.add(conversation.toString(), texts.stream().<Message>map(UserMessage::new).toList());
    }

    @Override
    void append(UUID conversation, String text) {
        memory.add(conversation.toString(), new UserMessage(text));
    }
}
