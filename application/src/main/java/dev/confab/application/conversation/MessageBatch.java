package dev.confab.application.conversation;

import dev.confab.application.Messages;
import dev.confab.application.Messages.NewMessage;
import dev.confab.application.RequestedId.Unnamed;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The messages of one request, and their drafts with distinct ids. A batch is wholly new or wholly repeated (S10). */
public record MessageBatch(List<NewMessage> requests, List<MessageDraft> drafts) {

    /** One message alone. Resolves its id; call it before the transaction. */
    static MessageBatch single(IdResolver ids, ConversationId conversation, NewMessage request, Instant now) {
        var draft = request.draft(ids.message(conversation, request.id()));
        return new MessageBatch(List.of(request), List.of(draft.requireNotAfter(now, "createdAt")));
    }

    /** Resolves the ids; call it before the transaction. */
    public static MessageBatch of(IdResolver ids, ConversationId conversation, List<NewMessage> requests,
            Instant now) {
        if (requests.size() > Messages.MAX_BATCH) {
            throw new InvalidValue("messages",
                    "are " + requests.size() + "; at most " + Messages.MAX_BATCH + " are allowed");
        }
        var seen = new HashSet<MessageId>();
        var drafts = new ArrayList<MessageDraft>(requests.size());
        for (NewMessage request : requests) {
            var draft = request.draft(ids.message(conversation, request.id()));
            if (!seen.add(draft.id())) {
                throw new InvalidValue("messages", "message id " + draft.id() + " occurs twice");
            }
            drafts.add(draft.requireNotAfter(now, "messages/" + drafts.size() + "/createdAt"));
        }
        return new MessageBatch(requests, List.copyOf(drafts));
    }

    boolean isUnnamed() {
        return requests.stream().allMatch(request -> request.id() instanceof Unnamed);
    }

    /** Adds the batch to a request's digest. Only an id that the client chose counts: one that the server chose differs each time. */
    public Digest.Builder addTo(Digest.Builder digest) {
        digest.field(Integer.toString(drafts.size()));
        for (int i = 0; i < drafts.size(); i++) {
            MessageDraft draft = drafts.get(i);
            String id = requests.get(i).id() instanceof Unnamed ? "" : draft.id().toString();
            digest.field(id).field(draft.digest().hex());
        }
        return digest;
    }

    /**
     * The messages that an earlier request with these drafts appended; empty when all ids are new. This makes an append idempotent (S10).
     * Throws {@link MessageIdReused} when only some ids are new, or the messages came from other drafts or another batch.
     */
    public Optional<List<Message>> earlier(ConversationTransaction tx) {
        List<Message> known = drafts.stream().flatMap(draft -> tx.message(draft.id()).stream()).toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        int first = known.getFirst().position();
        for (int i = 0; i < known.size(); i++) {
            Message message = known.get(i);
            boolean repeated = known.size() == drafts.size() && drafts.get(i).made(message)
                    && message.position() == first + i;
            if (!repeated) {
                throw new MessageIdReused(tx.conversation().id(), message.id());
            }
        }
        return Optional.of(known);
    }

    /** Appends the drafts and returns the new messages. */
    public List<Message> append(ConversationTransaction tx, Instant at) {
        return drafts.stream().map(draft -> {
            var event = tx.conversation().append(draft, at);
            tx.record(event);
            return event.message();
        }).toList();
    }
}
