package dev.confab.adapter.web.conversation;

import dev.confab.domain.conversation.Message.Author;
import dev.confab.adapter.web.json.InvalidMember;
import dev.confab.adapter.web.json.JsonObjectText;
import dev.confab.adapter.web.request.IdempotencyKey;
import dev.confab.application.Messages.NewMessage;
import dev.confab.application.RequestedId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.JsonPointer;

/** A message in a request that appends it. */
public record NewMessageJson(Optional<MessageId> id, Role role, Optional<Author> author, String text,
        Optional<JsonObjectText> data, Optional<Metadata> metadata, Optional<Instant> createdAt) {
    /** The limits are the same whatever the id. */
    private static final MessageId ANY_ID = new MessageId(new UUID(0, 0));

    public NewMessageJson {
        var _ = new MessageDraft(ANY_ID, role, author, text, data.map(JsonObjectText::text),
                Metadata.EMPTY, createdAt);
    }

    /** Rejects too few or too many messages, and two with the same id, as a fault of the member {@code messages}. */
    public static void requireBatch(int min, int max, List<NewMessageJson> messages) {
        if (messages.size() < min || messages.size() > max) {
            throw new InvalidValue("messages", "must have " + min + " to " + max + " items, not " + messages.size());
        }
        Set<MessageId> seen = new HashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).id().filter(id -> !seen.add(id)).isPresent()) {
                throw new InvalidMember(JsonPointer.compile("/messages/" + i + "/id"), "appears twice in this batch");
            }
        }
    }

    /** The messages of a batch, in which no idempotency key is supported. */
    public static List<NewMessage> messages(List<NewMessageJson> batch) {
        return batch.stream().map(message -> message.named(IdempotencyKey.without(message.id().map(MessageId::value))))
                .toList();
    }

    NewMessage message(IdempotencyKey key) {
        return named(key.unless(id.map(MessageId::value), MessageIdReused.class));
    }

    private NewMessage named(RequestedId requested) {
        return new NewMessage(requested, role, author, text, data.map(JsonObjectText::text),
                metadata.orElse(Metadata.EMPTY), createdAt);
    }
}
