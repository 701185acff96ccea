package dev.confab.bootstrap.metrics;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Times the calls to a reader of sessions. */
public final class TimedSessionReader implements SessionReader {
    private final SessionReader reader;
    private final StoreCalls calls;

    public TimedSessionReader(SessionReader reader, MeterRegistry registry) {
        this.reader = reader;
        this.calls = new StoreCalls(registry);
    }

    @Override
    public Optional<SessionView> session(OwnerId owner, SessionId id, Instant now) {
        return calls.time("session", () -> reader.session(owner, id, now));
    }

    @Override
    public Page<SessionView, SessionQuery.Key> sessions(OwnerId owner, SessionQuery query, Instant now) {
        return calls.time("sessions", () -> reader.sessions(owner, query, now));
    }

    @Override
    public Optional<SessionView> current(OwnerId owner, Instant now) {
        return calls.time("current-session", () -> reader.current(owner, now));
    }

    @Override
    public Optional<Turn> turn(OwnerId owner, TurnId id, Instant now) {
        return calls.time("turn", () -> reader.turn(owner, id, now));
    }

    @Override
    public Activity activity(ConversationId id, Instant now) {
        return calls.time("activity", () -> reader.activity(id, now));
    }

    @Override
    public List<ConversationId> expiredSessions(Instant now, int limit) {
        return calls.time("expired-sessions", () -> reader.expiredSessions(now, limit));
    }

    @Override
    public List<ConversationId> expiredLeases(Instant now, int limit) {
        return calls.time("expired-leases", () -> reader.expiredLeases(now, limit));
    }
}
