package dev.confab.application.conversation;

import dev.confab.application.RequestedId;
import dev.confab.application.RequestedId.Given;
import dev.confab.application.RequestedId.Keyed;
import dev.confab.application.RequestedId.Unnamed;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.TextRules;
import dev.confab.domain.port.Ids;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Resolves requested ids. An idempotency key names a conversation or session within its owner and a message or turn within its
 * conversation, so two owners with the same key do not collide. Stored ids were derived from these namespaces: they must not change.
 */
public record IdResolver(Ids ids) {
    /** The namespaces of owners' conversations. */
    private static final UUID OWNERS = UUID.fromString("958e3e3f-394d-5ff2-8966-57ac3a4bce86");
    /** New ids of imports; no key can produce one of them. */
    private static final UUID IMPORTS = UUID.fromString("8e9e4e6f-45f2-5373-999b-5e93ecc7d334");
    /** Conversations that other applications exported; no key can produce one of their ids. */
    private static final UUID CHAT_EXPORTS = UUID.fromString("00dd17e8-9f5c-52c0-b75f-fcd2104b6844");
    private static final UUID SESSIONS = UUID.fromString("b0eb8128-e352-518b-ae22-29e193789f85");
    /** Conversations that are created together with a session. */
    private static final UUID SESSION_CONVERSATIONS = UUID.fromString("1ff09198-008e-5c9c-be7a-65452de3bc1f");

    public ConversationId conversation(OwnerId owner, RequestedId requested) {
        return new ConversationId(id(requested, () -> ids.named(OWNERS, owner.value())));
    }

    public MessageId message(ConversationId conversation, RequestedId requested) {
        return new MessageId(id(requested, conversation::value));
    }

    public SessionId session(OwnerId owner, RequestedId requested) {
        return new SessionId(id(requested, () -> ids.named(SESSIONS, owner.value())));
    }

    public TurnId turn(ConversationId conversation, RequestedId requested) {
        return new TurnId(id(requested, conversation::value));
    }

    /** The conversation that is created with a session: the same for the same session, so that a repeated request finds it. */
    public ConversationId conversationOf(OwnerId owner, SessionId session) {
        return new ConversationId(ids.named(ids.named(SESSION_CONVERSATIONS, owner.value()), session.toString()));
    }

    /** The new id of an import whose own id is taken: the same for the same content, so that a repeated import finds it. */
    ConversationId importedAs(OwnerId owner, ConversationId taken, Digest content) {
        return new ConversationId(ids.named(ids.named(IMPORTS, owner.value()), taken + " " + content));
    }

    /**
     * A conversation that another application exported: the same for each export of it.
     *
     * @param source the name of the format
     * @param chat its id there
     * @param branch the first message of a branch that became a conversation of its own; empty for the chat itself
     */
    public ConversationId exported(OwnerId owner, String source, String chat, String branch) {
        return new ConversationId(ids.named(ids.named(CHAT_EXPORTS, owner.value()),
                source + ":" + chat.length() + ":" + chat + ":" + branch));
    }

    /** A message of an exported chat, in all its branches. */
    public MessageId exportedMessage(ConversationId chat, String message) {
        return new MessageId(ids.named(chat.value(), "chat-export:" + message));
    }

    private UUID id(RequestedId requested, Supplier<UUID> namespace) {
        return switch (requested) {
            case Given(UUID id) -> id;
            case Keyed(String key) -> ids.named(namespace.get(), valid(key));
            case Unnamed() -> ids.next();
        };
    }

    private static String valid(String idempotencyKey) {
        return TextRules.characters("idempotencyKey", idempotencyKey, 1, Keyed.MAX_LENGTH);
    }
}
