package dev.confab.application.conversation;

import dev.confab.application.RequestedId;
import dev.confab.application.RequestedId.Given;
import dev.confab.application.RequestedId.Keyed;
import dev.confab.application.RequestedId.Unnamed;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Ids;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;
import java.util.UUID;

/**
 * Turns requested ids into ids. A key names a conversation within its owner and a message within its conversation, so that two
 * owners who use the same key do not meet.
 */
public record IdResolver(Ids ids) {
    /** Where owners' namespaces are named; fixed for ever, as stored ids come from it. */
    private static final UUID OWNERS = UUID.fromString("958e3e3f-394d-5ff2-8966-57ac3a4bce86");
    /** The same for the new ids of imports, which no key may hit. */
    private static final UUID IMPORTS = UUID.fromString("8e9e4e6f-45f2-5373-999b-5e93ecc7d334");
    /** The same for sessions, which belong to an owner as conversations do. */
    private static final UUID SESSIONS = UUID.fromString("b0eb8128-e352-518b-ae22-29e193789f85");
    /** The same for conversations that are started together with a session. */
    private static final UUID SESSION_CONVERSATIONS = UUID.fromString("1ff09198-008e-5c9c-be7a-65452de3bc1f");
    private static final int MAX_KEY_LENGTH = 255;

    public ConversationId conversation(OwnerId owner, RequestedId requested) {
        return new ConversationId(switch (requested) {
            case Given(UUID id) -> id;
            case Keyed(String key) -> ids.named(ids.named(OWNERS, owner.value()), valid(key));
            case Unnamed() -> ids.next();
        });
    }

    public MessageId message(ConversationId conversation, RequestedId requested) {
        return new MessageId(switch (requested) {
            case Given(UUID id) -> id;
            case Keyed(String key) -> ids.named(conversation.value(), valid(key));
            case Unnamed() -> ids.next();
        });
    }

    public SessionId session(OwnerId owner, RequestedId requested) {
        return new SessionId(switch (requested) {
            case Given(UUID id) -> id;
            case Keyed(String key) -> ids.named(ids.named(SESSIONS, owner.value()), valid(key));
            case Unnamed() -> ids.next();
        });
    }

    /** The conversation that is started with a session: the same for the same session, so that a repeat meets what it made. */
    public ConversationId conversationOf(OwnerId owner, SessionId session) {
        return new ConversationId(ids.named(ids.named(SESSION_CONVERSATIONS, owner.value()), session.toString()));
    }

    public TurnId turn(ConversationId conversation, RequestedId requested) {
        return new TurnId(switch (requested) {
            case Given(UUID id) -> id;
            case Keyed(String key) -> ids.named(conversation.value(), valid(key));
            case Unnamed() -> ids.next();
        });
    }

    /** The other id of an import whose own is taken: the same for the same content, so that a repeat is recognised. */
    public ConversationId importedAs(OwnerId owner, ConversationId taken, Digest content) {
        return new ConversationId(ids.named(ids.named(IMPORTS, owner.value()), taken + " " + content));
    }

    private static String valid(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
            throw new InvalidValue("idempotencyKey", "must have 1 to " + MAX_KEY_LENGTH + " characters");
        }
        return key;
    }
}
