package dev.confab.application.conversation;

import dev.confab.application.NewMessage;
import dev.confab.application.RequestedId.Unnamed;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** MessageDrafts from what clients send, with their ids: made before the transaction, distinct within one batch. */
final class MessageDrafts {
    static final int MAX_BATCH = 1_000;

    private MessageDrafts() {
    }

    static MessageDraft one(IdResolver naming, ConversationId conversation, NewMessage message) {
        return new MessageDraft(naming.message(conversation, message.id()), message.role(), message.text(),
                message.data(),
                message.metadata());
    }

    static List<MessageDraft> all(IdResolver naming, ConversationId conversation, List<NewMessage> messages) {
        if (messages.size() > MAX_BATCH) {
            throw new InvalidValue("messages", "are " + messages.size() + "; at most " + MAX_BATCH + " are allowed");
        }
        var seen = new HashSet<MessageId>();
        var drafts = new ArrayList<MessageDraft>(messages.size());
        for (int i = 0; i < messages.size(); i++) {
            MessageDraft draft = one(naming, conversation, messages.get(i));
            if (!seen.add(draft.id())) {
                throw new InvalidValue("messages/" + i + "/id", "message id " + draft.id() + " stands there twice");
            }
            drafts.add(draft);
        }
        return List.copyOf(drafts);
    }

    /** Adds the drafts to a request's digest: an id counts only when the client named it, for a made one differs each time. */
    static Digest.Builder digest(Digest.Builder digest, List<NewMessage> messages, List<MessageDraft> drafts) {
        digest.field(Integer.toString(drafts.size()));
        for (int i = 0; i < drafts.size(); i++) {
            MessageDraft draft = drafts.get(i);
            String id = messages.get(i).id() instanceof Unnamed ? "" : draft.id().toString();
            digest.field(id).field(draft.digest().hex());
        }
        return digest;
    }
}
