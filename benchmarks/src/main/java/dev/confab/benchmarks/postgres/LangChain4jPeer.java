package dev.confab.benchmarks.postgres;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * LangChain4j's chat memory with {@link JsonRow}: reads the conversation's JSON, adds the message and writes all of it. Its documentation says that
 * it is memory and not history. As LangChain4j's AI services do, it has one memory object for each conversation.
 */
final class LangChain4jPeer extends Peer {
    private final JsonRow rows = new JsonRow(pool);
    private final Map<UUID, ChatMemory> memories = new ConcurrentHashMap<>();

    LangChain4jPeer() {
        super(jarOf(MessageWindowChatMemory.class) + ", one JSON row", """
                SELECT message #>> '{contents,0,text}'
                FROM chat_memory, json_array_elements(CAST(messages AS json)) AS message
                WHERE memory_id = CAST(? AS text)""");
    }

    @Override
    void start(UUID conversation, List<String> texts) {
        rows.updateMessages(conversation, texts.stream().<ChatMessage>map(UserMessage::from).toList());
    }

    @Override
    void append(UUID conversation, String text) {
        memories.computeIfAbsent(conversation,
                id -> MessageWindowChatMemory.builder().id(id).maxMessages(WINDOW).chatMemoryStore(rows).build())
                .add(UserMessage.from(text));
    }
}
