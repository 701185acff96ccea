package dev.confab.adapter.persistence.contract.sample;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageIdReused;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Transaction functions on conversations. Those that append or create follow the protocol of S10, as the use cases do: check whether
 * the request is repeated, then check the expected version, then record.
 */
public final class Transactions {
    private Transactions() {
    }

    /** Creates the conversation, or returns it if the same request created it before. */
    public static Function<ConversationTransaction, Conversation> begin(ConversationEvent.Creation first) {
        return tx -> {
            Optional<Conversation> found = tx.find();
            if (found.isEmpty()) {
                tx.record(first);
                return tx.conversation();
            }
            if (!found.get().digest().equals(first.digest())) {
                throw new ConversationIdReused(first.conversationId());
            }
            return found.get();
        };
    }

    /** The same for a request that took this token when it began. */
    public static Function<ConversationTransaction, Conversation> begin(ConversationEvent.Creation first,
            FencingToken token) {
        return tx -> {
            tx.expectNotErased(token);
            return begin(first).apply(tx);
        };
    }

    public static Function<ConversationTransaction, Message> append(MessageDraft draft, Instant now) {
        return append(draft, Optional.empty(), now);
    }

    /** Appends one message, or returns the one that was made from the same draft before. */
    public static Function<ConversationTransaction, Message> append(MessageDraft draft, Optional<Version> expected,
            Instant now) {
        return appendAll(List.of(draft), expected, now).andThen(List::getFirst);
    }

    /** Appends all, or returns the messages that were made from the same drafts before. A batch that is partly new is rejected. */
    public static Function<ConversationTransaction, List<Message>> appendAll(List<MessageDraft> drafts,
            Optional<Version> expected, Instant now) {
        return tx -> {
            Conversation head = tx.conversation();
            List<Message> known = drafts.stream().flatMap(draft -> tx.message(draft.id()).stream()).toList();
            if (!known.isEmpty()) {
                return repeated(head, drafts, known);
            }
            expected.map(Precondition::exactly).ifPresent(head::expect);
            return drafts.stream().map(draft -> {
                var appended = tx.conversation().append(draft, now);
                tx.record(appended);
                return appended.message();
            }).toList();
        };
    }

    private static List<Message> repeated(Conversation head, List<MessageDraft> drafts, List<Message> known) {
        for (Message message : known) {
            boolean same = drafts.stream().anyMatch(draft -> draft.made(message));
            if (!same || known.size() < drafts.size()) {
                throw new MessageIdReused(head.id(), message.id());
            }
        }
        return known;
    }

    /** Records the event decided on the live head, if there is one, and returns the head after it. */
    public static Function<ConversationTransaction, Conversation> change(
            Function<Conversation, Optional<? extends ConversationEvent>> decision) {
        return tx -> {
            decision.apply(tx.conversation()).ifPresent(tx::record);
            return tx.find().orElseThrow();
        };
    }

    /** Records the event decided on the head, live or deleted, if there is one, and returns the head after it. */
    public static Function<ConversationTransaction, Optional<Conversation>> move(
            Function<Conversation, Optional<? extends ConversationEvent>> decision) {
        return tx -> {
            Conversation head = tx.find().orElseThrow(() -> new IllegalStateException("nothing to move"));
            decision.apply(head).ifPresent(tx::record);
            return tx.find();
        };
    }

    /** The version of the head; 0 if there is no conversation. Records nothing. */
    public static long version(ConversationTransaction tx) {
        return tx.find().map(head -> head.version().value()).orElse(0L);
    }

    /** Replaces the text of the message. */
    public static Function<ConversationTransaction, Conversation> edit(Message message, String text, Instant now) {
        return tx -> {
            Message stored = tx.message(message.id())
                    .orElseThrow(() -> new MessageNotFound(tx.conversation().id(), message.id()));
            tx.conversation().edit(stored, text, stored.data(), stored.metadata(), now).ifPresent(tx::record);
            return tx.conversation();
        };
    }
}
