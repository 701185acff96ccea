package dev.confab.adapter.assistant.openai;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.ToolRound;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An assistant, the text it sent to the sink, and the pauses it would have made between attempts. */
final class AssistantUnderTest implements AutoCloseable {
    static final String KEY = "sk-secret-0123456789";
    static final Question HELLO = question(message(1, Role.USER, "Hello"));

    final List<String> pieces = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    final OpenAiAssistant assistant;

    private AssistantUnderTest(OpenAiSettings settings) {
        assistant = new OpenAiAssistant(settings, pauses::add);
    }

    /** Timeouts are long enough for a slow machine. */
    static AssistantUnderTest at(URI url) {
        return new AssistantUnderTest(settings(url, Duration.ofSeconds(30), Duration.ofSeconds(30)));
    }

    static AssistantUnderTest at(URI url, Duration response, Duration idle) {
        return new AssistantUnderTest(settings(url, response, idle));
    }

    static OpenAiSettings settings(URI url, Duration response, Duration idle) {
        return new OpenAiSettings(url, Optional.of(KEY), "model-1", Duration.ofSeconds(30), response, idle);
    }

    AssistantReply hello() throws InterruptedException {
        return ask(HELLO);
    }

    AssistantReply ask(Question question) throws InterruptedException {
        return assistant.answer(question, pieces::add);
    }

    String text() {
        return String.join("", pieces);
    }

    static Question question(Message... messages) {
        return new Question(Optional.empty(), Optional.empty(), ContextVariables.EMPTY, List.of(messages), List.of(),
                List.of());
    }

    static Question after(Question question, ToolRound... rounds) {
        return new Question(question.instructions(), question.model(), question.context(), question.messages(),
                List.of(rounds), question.tools());
    }

    static Message message(int position, Role role, String text) {
        return message(position, role, text, Optional.empty());
    }

    /** @param data JSON text */
    static Message message(int position, Role role, String text, Optional<String> data) {
        var id = new MessageId(new UUID(0, position));
        return new Message(id, position, role, text, data, Metadata.EMPTY,
                Instant.parse("2026-11-21T20:00:00Z"), Optional.empty(), Version.FIRST,
                MessageDraft.of(id, role, text).digest());
    }

    @Override
    public void close() {
        assistant.close();
    }
}
