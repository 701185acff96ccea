package dev.confab.application.turn.run;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnSuperseded;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run reads before it asks the assistant: the conversation's latest messages up to the prompt, oldest first, without those that
 * were removed. Before them come the
 * system messages that are older: the first {@value #MAX_SYSTEM_MESSAGES} among the conversation's first {@link Window#MAX_LIMIT} messages.
 */
record TurnInput(Turn turn, Session session, List<Message> messages) {
    static final int MAX_SYSTEM_MESSAGES = 20;

    /**
     * Reads at most {@code limit} messages, not counting the system messages before them. Throws {@link TurnSuperseded} if the turn has
     * changed since it started, or its prompt has been removed.
     */
    static TurnInput read(ConversationReader reader, SessionReader sessions, OwnerId owner, Turn started, int limit,
            Instant now) {
        Activity activity = sessions.activity(started.conversationId(), now);
        Turn turn = activity.turn(started.id());
        if (turn.isFinished() || turn.step() != started.step()) {
            throw new TurnSuperseded(turn.id());
        }
        Session session = activity.session(owner, turn.sessionId(), now);
        int prompt = reader.read(turn.conversationId(), turn.promptId(), now).messages().getFirst().position();
        var window = new Window(0, prompt + 1, limit, Window.Order.DESCENDING);
        List<Message> messages = reader.read(turn.conversationId(), window, now).messages().reversed();
        // The prompt may be removed between the two reads; that cancels the turn.
        if (messages.isEmpty() || !messages.getLast().id().equals(turn.promptId()) || messages.getLast().isRemoved()) {
            throw new TurnSuperseded(turn.id());
        }
        Stream<Message> input = Stream.concat(systemMessages(reader, turn, messages.getFirst(), now),
                messages.stream());
        return new TurnInput(turn, session, input.filter(message -> !message.isRemoved()).toList());
    }

    private static Stream<Message> systemMessages(ConversationReader reader, Turn turn, Message oldest, Instant now) {
        if (oldest.position() == 1) {
            return Stream.empty();
        }
        var start = new Window(0, oldest.position(), Window.MAX_LIMIT, Window.Order.ASCENDING);
        return reader.read(turn.conversationId(), start, now).messages().stream()
                .filter(message -> message.role() == Role.SYSTEM && !message.isRemoved()).limit(MAX_SYSTEM_MESSAGES);
    }

    Question question(List<ToolRound> rounds, List<ToolDescription> tools) {
        return new Question(session.instructions(), session.model(), session.context(), messages, rounds, tools);
    }
}
