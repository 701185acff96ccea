package dev.confab.application.turn.run;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnSuperseded;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What a run reads before it begins: the turn as it is by then, its session, and the messages up to the prompt. */
record TurnInput(ConversationReader reader, SessionReader sessions, InstantSource clock, int limit, OwnerId owner,
        Turn started) {

    record Beginning(Turn turn, Session session, List<Message> messages) {
    }

    Beginning read() {
        Instant now = clock.instant();
        Activity activity = sessions.activity(started.conversationId(), now);
        Turn turn = activity.turn(started.id());
        if (turn.isFinished() || turn.step() != started.step()) {
            throw new TurnSuperseded(turn.id());
        }
        Session session = activity.session(owner, turn.sessionId(), now);
        int prompt = reader.read(turn.conversationId(), turn.promptId(), now).messages().getFirst().position();
        var window = new Window(0, prompt + 1, limit, Window.Order.DESCENDING);
        List<Message> messages = reader.read(turn.conversationId(), window, now).messages().reversed();
        // Cleared between the two reads: then the turn is cancelled, too.
        if (messages.isEmpty() || !messages.getLast().id().equals(turn.promptId())) {
            throw new TurnSuperseded(turn.id());
        }
        return new Beginning(turn, session, messages);
    }
}
