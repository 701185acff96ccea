package dev.confab.application.turn.run;

import dev.confab.application.turn.context.ContextReader;
import dev.confab.application.turn.context.SelectedMessages;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.TokenCounter;
import dev.confab.domain.port.TokenCounter.Encoding;
import dev.confab.domain.query.TokenWindow;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnSuperseded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads what an assistant gets.
 *
 * @param budget for sessions that have none
 */
record TurnInputReader(ConversationReader reader, SessionReader sessions, TokenCounter counter, TokenBudget budget) {

    /**
     * The input of a turn.
     *
     * @throws TurnSuperseded the turn has changed since it started, or its prompt has been removed
     * @throws dev.confab.application.Turns.ContextTooLarge what must be told does not fit
     */
    TurnInput read(OwnerId owner, Turn started, List<ToolDescription> tools, Instant now) {
        Activity activity = sessions.activity(started.conversationId(), now);
        Turn turn = activity.turn(started.id());
        if (turn.isFinished() || turn.step() != started.step()) {
            throw new TurnSuperseded(turn.id());
        }
        Session session = activity.session(owner, turn.sessionId(), now);
        Encoding encoding = counter.encoding(session.model());
        int tokens = session.contextTokens().orElse(budget).tokens();
        Message prompt = reader.read(turn.conversationId(), turn.promptId(), now).messages().getFirst();
        if (prompt.isRemoved()) {
            throw new TurnSuperseded(turn.id());
        }
        Question rest = TurnInput.question(session, List.of(), turn.rounds(), tools);
        SelectedMessages messages = new ContextReader(reader).select(turn.conversationId(), prompt.position(), encoding,
                tokens, encoding.countWithoutMessages(rest, tokens), now);
        // The prompt may be removed between the two reads; that cancels the turn.
        if (messages.last().filter(last -> last.id().equals(turn.promptId())).isEmpty()) {
            throw new TurnSuperseded(turn.id());
        }
        return new TurnInput(turn, session, messages, encoding, tokens);
    }

    /** The messages of a conversation that an assistant would be told. */
    TokenWindow context(ConversationId conversation, Optional<String> model, Instant now) {
        Encoding encoding = counter.encoding(model);
        var nothing = new Question(Optional.empty(), model, ContextVariables.EMPTY, List.of(), List.of(), List.of());
        return new ContextReader(reader).select(conversation, ContextReader.TO_THE_END, encoding, budget.tokens(),
                encoding.countWithoutMessages(nothing, budget.tokens()), now).window();
    }
}
