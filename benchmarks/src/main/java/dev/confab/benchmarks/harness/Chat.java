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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** What a chat application asks of a store, done as the use cases do it: the message's id is looked up before it is appended. */
public final class Chat {
    /** Whose conversations all of them are. */
    public static final OwnerId OWNER = new OwnerId("local");

    private final ConversationStore store;
    private final Drafts drafts;

    /** @param drafts makes the ids, texts and times */
    public Chat(ConversationStore store, Drafts drafts) {
        this.store = store;
        this.drafts = drafts;
    }

    /** Appends a new message of some words. */
    public Message append(ConversationId id, SplittableRandom random, int words) {
        return appendAll(id, List.of(drafts.draft(random, words))).getLast();
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

    /** Appends the drafts in one commit, those excepted whose ids are there already. */
    public List<Message> appendAll(ConversationId id, List<MessageDraft> next) {
        Instant now = drafts.now();
        return store.transact(id, tx -> {
            var appended = new ArrayList<Message>(next.size());
            for (MessageDraft draft : next) {
                appended.add(tx.message(draft.id()).orElseGet(() -> {
                    var event = tx.conversation().append(draft, now);
                    tx.record(event);
                    return event.message();
                }));
            }
            return List.copyOf(appended);
        });
    }
}
