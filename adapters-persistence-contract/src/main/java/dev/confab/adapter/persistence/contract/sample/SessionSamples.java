package dev.confab.adapter.persistence.contract.sample;

import static dev.confab.adapter.persistence.contract.sample.Samples.ALICE;
import static dev.confab.adapter.persistence.contract.sample.Samples.now;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.TurnId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Sessions and parts of turns for tests. */
public final class SessionSamples {
    public static final Settings SETTINGS = new Settings(Samples.title("a session"), Optional.of("Be brief."),
            Optional.of("some/model:1"), Optional.of(new TokenBudget(8_000)),
            new ContextVariables("{\"a\" : [1.0, null]}"));

    private SessionSamples() {
    }

    /** The end of a lease that outlasts the test. */
    public static Instant lease() {
        return now().plus(Duration.ofHours(1));
    }

    public static SessionId newSessionId() {
        return new SessionId(Samples.newUuid());
    }

    public static TurnId newTurnId() {
        return new TurnId(Samples.newUuid());
    }

    /** A permanent session of Alice that starts now. */
    public static Session session(ConversationId id) {
        return session(newSessionId(), id, ALICE, new Lifetime.Permanent(), now());
    }

    /** A temporary session of Alice that expires then. */
    public static Session session(ConversationId id, Instant expiresAt) {
        return session(newSessionId(), id, ALICE, new Lifetime.Temporary(expiresAt), now());
    }

    public static Session session(SessionId id, ConversationId conversation, OwnerId owner, Lifetime lifetime,
            Instant begins) {
        return Session.begin(id, conversation, owner, lifetime, SETTINGS, Samples.digest("session " + id), begins);
    }

    /** A round of tool calls that need approval. */
    public static ToolRound waiting(String... callIds) {
        return round(true, callIds);
    }

    public static ToolRound round(boolean needsApproval, String... callIds) {
        return new ToolRound("Let me see. ", Stream.of(callIds)
                .map(id -> ToolCall.asked(id, "search", "{\"query\": \"" + id + "\"}", needsApproval)).toList());
    }
}
