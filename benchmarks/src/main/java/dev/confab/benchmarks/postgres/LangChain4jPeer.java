package dev.confab.benchmarks.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.confab.testsupport.postgres.Database;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * LangChain4j's chat memory over {@link JsonRow}: reads the conversation's JSON, adds the message and writes the whole. Its
 * documentation says that it is memory and not history. A memory is kept for each conversation, as its AI services do.
 */
final class LangChain4jPeer implements Peer {
    static final String JAR = Peer.jarOf(MessageWindowChatMemory.class);

    private final HikariDataSource source;
    private final JsonRow rows;
    private final Map<UUID, ChatMemory> memories = new ConcurrentHashMap<>();

    LangChain4jPeer(Database database) {
        source = Databases.pool(database);
        rows = new JsonRow(source);
    }

    @Override
    public void start(UUID conversation, List<String> texts) {
        rows.updateMessages(conversation, texts.stream().<ChatMessage>map(UserMessage::from).toList());
    }

    @Override
    public void append(UUID conversation, String text) {
        memory(conversation).add(UserMessage.from(text));
    }

    private ChatMemory memory(UUID conversation) {
        return memories.computeIfAbsent(conversation,
                id -> MessageWindowChatMemory.builder().id(id).maxMessages(WINDOW).chatMemoryStore(rows).build());
    }

    @Override
    public Map<String, Long> copies(UUID conversation) {
        return memory(conversation).messages().stream().map(message -> ((UserMessage) message).singleText())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Override
    public void close() {
        source.close();
    }
}
