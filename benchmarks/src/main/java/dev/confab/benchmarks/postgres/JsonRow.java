package dev.confab.benchmarks.postgres;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * LangChain4j leaves this store to its users; this is the simplest one. One row holds the JSON of a conversation, as in LangChain4j's own stores for
 * other databases.
 */
final class JsonRow implements ChatMemoryStore {
    private final JdbcClient client;

    JsonRow(DataSource source) {
        client = JdbcClient.create(source);
        client.sql("CREATE TABLE chat_memory (memory_id text PRIMARY KEY, messages text NOT NULL)").update();
    }

    @Override
    public List<ChatMessage> getMessages(Object memoryId) {
        return client.sql("SELECT messages FROM chat_memory WHERE memory_id = ?").param(memoryId.toString())
                .query(String.class).optional().map(ChatMessageDeserializer::messagesFromJson).orElse(List.of());
    }

    @Override
    public void updateMessages(Object memoryId, List<ChatMessage> messages) {
        client.sql("""
                INSERT INTO chat_memory VALUES (?, ?)
                ON CONFLICT (memory_id) DO UPDATE SET messages = excluded.messages""")
                .params(memoryId.toString(), ChatMessageSerializer.messagesToJson(messages)).update();
    }

    @Override
    public void deleteMessages(Object memoryId) {
        client.sql("DELETE FROM chat_memory WHERE memory_id = ?").param(memoryId.toString()).update();
    }
}
