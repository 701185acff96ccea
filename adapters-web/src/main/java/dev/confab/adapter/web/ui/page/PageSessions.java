package dev.confab.adapter.web.ui.page;

import dev.confab.application.RequestedId;
import dev.confab.application.Sessions;
import dev.confab.application.Turns;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.SessionNotFound;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** In which session a page writes: that of the conversation's latest turn, and otherwise one that the page makes, the same each time. */
@Component
final class PageSessions {
    private final Sessions sessions;
    private final Turns turns;

    PageSessions(Sessions sessions, Turns turns) {
        this.sessions = sessions;
        this.turns = turns;
    }

    SessionId of(OwnerId owner, ConversationId conversation) {
        return existing(owner, conversation).map(Session::id)
                .orElseGet(() -> sessions.create(owner, new Sessions.Creation(
                        new RequestedId.Keyed("page " + conversation), Optional.of(conversation), Optional.empty(),
                        Settings.NONE)).value().session().id());
    }

    /** The session of the latest turn, if it still exists. */
    Optional<Session> existing(OwnerId owner, ConversationId conversation) {
        return turns.list(owner, conversation).stream().findFirst().flatMap(turn -> {
            try {
                return Optional.of(sessions.get(owner, turn.sessionId()).session());
            } catch (SessionNotFound deleted) {
                return Optional.empty();
            }
        });
    }
}
