package dev.confab.adapter.assistant.offline;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Questions for tests. */
final class Questions {
    private static final List<ToolDescription> TOOLS = List.of(
            new ToolDescription("search_conversations", "", "{}"), new ToolDescription("current_time", "", "{}"));

    private Questions() {
    }

    /** The user's messages; each but the last is followed by an answer. */
    static Question asking(String... texts) {
        var messages = new ArrayList<Message>();
        for (String text : texts) {
            if (!messages.isEmpty()) {
                messages.add(message(messages.size() + 1, Role.ASSISTANT, "An answer of mine."));
            }
            messages.add(message(messages.size() + 1, Role.USER, text));
        }
        return new Question(Optional.empty(), Optional.empty(), ContextVariables.EMPTY, messages, List.of(), TOOLS);
    }

    static Question withoutTools(Question question) {
        return new Question(question.instructions(), question.model(), question.context(), question.messages(),
                question.rounds(), List.of());
    }

    /** The same question after these tool calls. */
    static Question after(Question question, ToolCall... calls) {
        return new Question(question.instructions(), question.model(), question.context(), question.messages(),
                List.of(new ToolRound("", List.of(calls))), question.tools());
    }

    private static Message message(int position, Role role, String text) {
        var id = new MessageId(new UUID(0, position));
        return new Message(id, position, role, text, Optional.empty(), Metadata.EMPTY,
                Instant.parse("2026-11-21T20:00:00Z"), Optional.empty(), Version.FIRST,
                MessageDraft.of(id, role, text).digest());
    }
}
