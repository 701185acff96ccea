package dev.confab.application.turn.run;

import dev.confab.application.turn.context.SelectedMessages;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.port.TokenCounter.Encoding;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import java.util.List;

/**
 * What a run reads before it asks the assistant.
 *
 * @param messages up to the prompt
 * @param budget how many tokens the assistant is told at most
 */
record TurnInput(Turn turn, Session session, SelectedMessages messages, Encoding encoding, int budget) {

    /**
     * The question after these rounds. Rounds take their part of the budget, so the more they have, the fewer old messages fit.
     * Throws {@link dev.confab.application.Turns.ContextTooLarge} when what must be told does not fit.
     */
    Question question(List<ToolRound> rounds, List<ToolDescription> tools) {
        Question rest = question(session, List.of(), rounds, tools);
        return question(session, messages.within(budget, encoding.countWithoutMessages(rest, budget)), rounds, tools);
    }

    static Question question(Session session, List<Message> messages, List<ToolRound> rounds,
            List<ToolDescription> tools) {
        return new Question(session.instructions(), session.model(), session.context(), messages, rounds, tools);
    }
}
