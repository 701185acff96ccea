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
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The works the suite runs. Those that append or begin follow the protocol of S10, as the use cases do: first look whether the
 * request was done before, then check the precondition, then record.
 */
public final class Transactions {
    private Transactions() {
    }

    /** Begins the conversation, or finds that the same request began it before. */
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

    public static Function<ConversationTransaction, Message> append(MessageDraft draft, Instant now) {
        return append(draft, Optional.empty(), now);
    }

    /** Appends one message, or gives the one that the same draft made before. */
    public static Function<ConversationTransaction, Message> append(MessageDraft draft, Optional<Version> expected,
            Instant now) {
        return appendAll(List.of(draft), expected, now).andThen(List::getFirst);
    }

    /** Appends all, or gives what the same drafts made before; a batch that is partly known is refused. */
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

    /** Records what a decision on the live head comes to, if anything, and returns the head after it. */
    public static Function<ConversationTransaction, Conversation> change(
            Function<Conversation, Optional<? extends ConversationEvent>> decision) {
        return tx -> {
            decision.apply(tx.conversation()).ifPresent(tx::record);
            return tx.find().orElseThrow();
        };
    }

    /** Moves a conversation to the bin or out of it: the decision is given what is there, deleted or not. */
    public static Function<ConversationTransaction, Optional<Conversation>> move(
            Function<Conversation, Optional<? extends ConversationEvent>> decision) {
        return tx -> {
            Conversation head = tx.find().orElseThrow(() -> new IllegalStateException("nothing to move"));
            decision.apply(head).ifPresent(tx::record);
            return tx.find();
        };
    }

    /** The live head's version, recording nothing; 0 when there is none. */
    public static long version(ConversationTransaction tx) {
        return tx.find().map(head -> head.version().value()).orElse(0L);
    }

    /** Edits the message to this text. */
    public static Function<ConversationTransaction, Conversation> edit(Message message, String text, Instant now) {
        return tx -> {
            Message stored = tx.message(message.id())
                    .orElseThrow(() -> new MessageNotFound(tx.conversation().id(), message.id()));
            tx.conversation().edit(stored, text, stored.data(), stored.metadata(), now).ifPresent(tx::record);
            return tx.conversation();
        };
    }
}
