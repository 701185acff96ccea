package dev.confab.benchmarks.postgres;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * The store that LangChain4j asks its users to write themselves, in its simplest form: the JSON of a conversation in one row, as
 * LangChain4j's own stores for other databases keep it.
 */
final class JsonRow implements ChatMemoryStore {
    private static final String CREATE = """
            CREATE TABLE chat_memory (memory_id text PRIMARY KEY, messages text NOT NULL)""";
    private static final String READ = "SELECT messages FROM chat_memory WHERE memory_id = ?";
    private static final String WRITE = """
            INSERT INTO chat_memory VALUES (?, ?)
            ON CONFLICT (memory_id) DO UPDATE SET messages = excluded.messages""";
    private static final String DELETE = "DELETE FROM chat_memory WHERE memory_id = ?";

    private final DataSource source;

    JsonRow(DataSource source) {
        this.source = source;
        with(CREATE, PreparedStatement::execute);
    }

    @Override
    public List<ChatMessage> getMessages(Object memoryId) {
        return with(READ, statement -> {
            statement.setString(1, memoryId.toString());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? ChatMessageDeserializer.messagesFromJson(row.getString(1)) : List.of();
            }
        });
    }

    @Override
    public void updateMessages(Object memoryId, List<ChatMessage> messages) {
        with(WRITE, statement -> {
            statement.setString(1, memoryId.toString());
            statement.setString(2, ChatMessageSerializer.messagesToJson(messages));
            return statement.executeUpdate();
        });
    }

    @Override
    public void deleteMessages(Object memoryId) {
        with(DELETE, statement -> {
            statement.setString(1, memoryId.toString());
            return statement.executeUpdate();
        });
    }

    private interface Work<R> {
        R in(PreparedStatement statement) throws SQLException;
    }

    private <R> R with(String sql, Work<R> work) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.in(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
