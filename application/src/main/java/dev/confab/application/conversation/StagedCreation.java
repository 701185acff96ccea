package dev.confab.application.conversation;

import dev.confab.application.CreateResult;
import dev.confab.application.Usages.QuotaExceeded;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.LockTimeout;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.work.Staging;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Creates a conversation that is too large for one transaction, in many that readers see as one (S21). It holds one step in memory. Not
 * thread-safe.
 *
 * <p>Why attempts may meet: a staged conversation names the content that is being staged, and each step checks that it finds the same
 * name and goes on behind the messages that are there. So an attempt continues where one that failed has stopped, and several with the
 * same content complete it together. An attempt with other content is refused until the staged conversation is abandoned.
 */
public final class StagedCreation {
    /** A staged conversation to which nobody has added anything for so long is purged. */
    static final Duration ABANDONED_AFTER = Duration.ofMinutes(5);
    /** How often a step waits for a busy store, each time as long as any other transaction. */
    private static final int MAX_ATTEMPTS = 20;
    /** A step ends with so many messages, or with the one that reaches the weight. */
    private static final int STEP_MESSAGES = 500;
    private static final long STEP_BYTES = 4L << 20;

    private final RetryingConversationStore store;
    private final InstantSource clock;
    private final Conversation head;
    private final Digest content;
    private final List<Message> step = new ArrayList<>();
    private long stepBytes;

    /**
     * @param head as it shall be, with the number of all messages
     * @param content names the messages; equal only if these are equal
     */
    public StagedCreation(RetryingConversationStore store, InstantSource clock, Conversation head, Digest content) {
        this.store = store;
        this.clock = clock;
        this.head = head;
        this.content = content;
    }

    /** Creates it with these messages, unless the same request was executed before. */
    CreateResult<Conversation> create(FencingToken token, Iterable<Message> messages) {
        Optional<Conversation> earlier = begin(Optional.of(token));
        if (earlier.isPresent()) {
            return new CreateResult<>(earlier.get(), false);
        }
        messages.forEach(this::add);
        return complete(List.of());
    }

    /**
     * Begins, or prepares to go on where an earlier attempt stopped. Returns the conversation if an earlier request has created it, and
     * throws as {@link IdempotentCreation#earlier} for any other one with this id.
     *
     * @param token which the request took before it read anything; empty for a move of a store
     */
    public Optional<Conversation> begin(Optional<FencingToken> token) {
        Instant at = clock.instant();
        return store.transactRepeatable(head.id(), tx -> {
            if (staged(tx).isPresent()) {
                return Optional.empty();
            }
            var earlier = IdempotentCreation.earlier(tx, head.id(), head.owner(), head.digest(), at);
            if (earlier.isEmpty()) {
                token.ifPresent(tx::expectNotErased);
                tx.record(Staging.begin(head, content, at));
            }
            return earlier.map(CreateResult::value);
        });
    }

    /** The next message, whether an earlier attempt has staged it or not. */
    public void add(Message message) {
        step.add(message);
        stepBytes += message.weight();
        if (step.size() == STEP_MESSAGES || stepBytes >= STEP_BYTES) {
            stage();
        }
    }

    private void stage() {
        List<Message> next = List.copyOf(step);
        step.clear();
        stepBytes = 0;
        if (next.isEmpty()) {
            return;
        }
        try {
            stageAll(next);
        } catch (QuotaExceeded noMoreRoom) {
            // What can never be completed must not use up the quota until it is abandoned.
            discard();
            throw noMoreRoom;
        }
    }

    /** What became of a step. */
    private enum Outcome {
        STAGED, COMPLETED_BY_ANOTHER, LOST
    }

    private void stageAll(List<Message> next) {
        for (int left = MAX_ATTEMPTS; left > 0; left--) {
            Optional<Outcome> outcome = attempt(next, left == 1);
            if (outcome.isPresent()) {
                if (outcome.get() == Outcome.LOST) {
                    throw lost(head.id());
                }
                return;
            }
        }
    }

    /** Empty when the store was too busy, perhaps with the steps before: the next attempt waits again. */
    private Optional<Outcome> attempt(List<Message> next, boolean isLast) {
        try {
            return Optional.of(stage(next, clock.instant()));
        } catch (LockTimeout busy) {
            if (isLast || Thread.currentThread().isInterrupted()) {
                throw busy;
            }
            return Optional.empty();
        }
    }

    private Outcome stage(List<Message> next, Instant at) {
        return store.transactRepeatable(head.id(), tx -> {
            Optional<Conversation> staged = staged(tx);
            if (staged.isEmpty()) {
                return complete(tx).isPresent() ? Outcome.COMPLETED_BY_ANOTHER : Outcome.LOST;
            }
            int there = staged.get().messageCount() - (next.getFirst().position() - 1);
            if (there < 0) {
                return Outcome.LOST;
            }
            if (there < next.size()) {
                tx.record(Staging.add(staged.get(), next.subList(there, next.size()), at));
            }
            return Outcome.STAGED;
        });
    }

    /** Makes it visible, together with these sessions and turns. */
    public CreateResult<Conversation> complete(List<SessionEvent> activity) {
        stage();
        Instant at = clock.instant();
        return store.transactCreation(head.id(), tx -> {
            Optional<Conversation> staged = staged(tx);
            if (staged.isEmpty()) {
                return new CreateResult<>(complete(tx).orElseThrow(() -> lost(head.id())), false);
            }
            tx.record(Staging.complete(staged.get(), head, at));
            activity.forEach(tx::record);
            return new CreateResult<>(tx.find().orElseThrow(), true);
        }, found -> new CreateResult<>(found.value(), true));
    }

    /** Removes what is staged, when the messages turn out to be wrong. */
    public void discard() {
        Instant at = clock.instant();
        boolean _ = store.transactRepeatable(head.id(), tx -> {
            Optional<Conversation> staged = staged(tx);
            staged.ifPresent(there -> ConversationChanges.purge(tx, there, at));
            return staged.isPresent();
        });
    }

    private Optional<Conversation> staged(ConversationTransaction tx) {
        return tx.find().filter(there -> there.isStaged() && there.owner().equals(head.owner())
                && there.digest().equals(content));
    }

    /** Another attempt with the same content may have completed it meanwhile. */
    private Optional<Conversation> complete(ConversationTransaction tx) {
        return tx.find().filter(there -> !there.isStaged() && there.owner().equals(head.owner())
                && there.digest().equals(head.digest()));
    }

    private static LockTimeout lost(ConversationId id) {
        return new LockTimeout("what was stored of conversation " + id
                + " was removed before it was complete; nothing of it is left");
    }

    /** Whether somebody may still be adding messages to it. */
    static boolean isUnderWay(Conversation head, Instant now) {
        return head.isStaged() && now.isBefore(head.updatedAt().plus(ABANDONED_AFTER));
    }
}
