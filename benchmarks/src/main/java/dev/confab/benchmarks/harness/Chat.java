package dev.confab.benchmarks.harness;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.port.ConversationStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Gatherers;

/** Calls a store as the use cases do: looks up the id of a message before it appends the message. */
public final class Chat {
    /** The owner of all conversations. */
    public static final OwnerId OWNER = new OwnerId("local");
    /** Within the limits of one transaction. */
    private static final int BATCH = 1_000;

    private final ConversationStore store;
    private final Drafts drafts;

    /** @param drafts makes the ids, texts and times */
    public Chat(ConversationStore store, Drafts drafts) {
        this.store = store;
        this.drafts = drafts;
    }

    /** Appends a new message of so many words. */
    public void append(ConversationId id, SplittableRandom random, int words) {
        append(id, drafts.draft(random, words));
    }

    /** Appends the draft, unless its id is already stored. */
    public void append(ConversationId id, MessageDraft draft) {
        commit(id, List.of(draft));
    }

    /** Starts an empty conversation. */
    public ConversationId start(String title) {
        var id = new ConversationId(drafts.nextId());
        start(id, title, List.of());
        return id;
    }

    /** Starts a conversation with its first messages, in one commit. */
    public void start(ConversationId id, String title, List<MessageDraft> first) {
        Digest digest = Digest.of("create").field(title).build();
        Instant now = drafts.now();
        store.transact(id, tx -> {
            var started = Conversation.start(id, OWNER, Optional.of(new Title(title)), Metadata.EMPTY, digest, now);
            tx.record(started);
            first.forEach(draft -> tx.record(tx.conversation().append(draft, now)));
            return first.size();
        });
    }

    /** Appends the drafts, 1,000 in a commit, except those whose ids are already stored. */
    public void appendAll(ConversationId id, List<MessageDraft> next) {
        next.stream().gather(Gatherers.windowFixed(BATCH)).forEach(batch -> commit(id, batch));
    }

    private List<Message> commit(ConversationId id, List<MessageDraft> next) {
        Instant now = drafts.now();
        return store.transact(id, tx -> next.stream().map(draft -> tx.message(draft.id()).orElseGet(() -> {
            var event = tx.conversation().append(draft, now);
            tx.record(event);
            return event.message();
        })).toList());
    }
}
