package dev.confab.domain.session;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One conversation's session and turn, at one time. */
final class Samples {
    static final ConversationId CONVERSATION = new ConversationId(new UUID(1, 1));
    static final OwnerId OWNER = new OwnerId("me");
    static final Instant NOW = Instant.ofEpochMilli(1_000_000);
    static final Instant LEASE = NOW.plusSeconds(30);
    static final Digest DIGEST = Digest.of("test").build();
    static final MessageId PROMPT = new MessageId(new UUID(2, 1));
    static final MessageId REPLY = new MessageId(new UUID(2, 2));

    private Samples() {
    }

    static SessionId sessionId(int number) {
        return new SessionId(new UUID(3, number));
    }

    static TurnId turnId(int number) {
        return new TurnId(new UUID(4, number));
    }

    static Session session(int number) {
        return session(number, new Lifetime.Permanent());
    }

    static Session session(int number, Lifetime lifetime) {
        return Session.begin(sessionId(number), CONVERSATION, OWNER, lifetime, Settings.NONE, DIGEST, NOW);
    }

    /** One that runs, in step 1. */
    static Turn turn(int number) {
        return Turn.begin(turnId(number), session(1), PROMPT, DIGEST, NOW, LEASE);
    }

    static ToolRound round(boolean needsApproval, String... callIds) {
        return new ToolRound("before ",
                List.of(callIds).stream().map(id -> ToolCall.asked(id, "tool", "{}", needsApproval)).toList());
    }

    /** Session 1, and turn 1, which runs. */
    static Activity running() {
        return Activity.NONE.apply(new SessionStarted(session(1), NOW)).apply(new TurnStarted(turn(1), NOW));
    }
}
