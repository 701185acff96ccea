package dev.confab.bootstrap.archive;

import dev.confab.adapter.persistence.contract.sample.ConversationLifecycle;
import dev.confab.adapter.persistence.contract.sample.ConversationModel;
import dev.confab.adapter.persistence.contract.sample.EdgeCaseTexts;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionLifecycle;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Fills stores with conversations of all kinds: in the bin and expired, edited, truncated and forked, with sessions and turns in every
 * state, with incomplete messages, with the texts that stores are known to change, and some of more messages than one window has.
 */
public final class Population {
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");
    private static final int KINDS = 8;
    /** One in so many has more messages than a window. */
    private static final int LONG_EVERY = 199;
    private static final int LONG = 1_300;

    private final ConversationStore store;
    private final Random random;

    public Population(ConversationStore store, long seed) {
        this.store = store;
        this.random = new Random(seed);
    }

    public void add(int count) {
        for (int i = 0; i < count; i++) {
            addOne(i % LONG_EVERY == LONG_EVERY - 1 ? KINDS : i % KINDS);
        }
    }

    private void addOne(int kind) {
        ConversationId id = new ConversationId(new UUID(random.nextLong(), random.nextLong()));
        switch (kind) {
            case 0 -> record(id, prefix(ConversationLifecycle.startingWith(Samples.started(id))));
            case 1 -> sessions(id);
            case 2 -> record(id, prefix(ConversationLifecycle.startingWith(
                    Samples.startedUntil(id, Samples.title("expired"), LONG_AGO))));
            case 3 -> record(id, List.of(fork(id)));
            case 4 -> record(id, List.of(imported(id)));
            case 5 -> oddTexts(id);
            case 6 -> chat(id, 1 + random.nextInt(30), true);
            case 7 -> chat(id, 1 + random.nextInt(10), false);
            default -> chat(id, LONG, true);
        }
    }

    /** All events up to one of them, but not the purge. */
    private List<ConversationEvent> prefix(List<ConversationEvent> life) {
        return life.subList(0, 1 + random.nextInt(life.size() - 1));
    }

    private void record(ConversationId id, List<? extends ConversationEvent> events) {
        write(id, tx -> events.forEach(tx::record));
    }

    private void sessions(ConversationId id) {
        List<SessionLifecycle.Commit> life = SessionLifecycle.in(id);
        for (SessionLifecycle.Commit commit : life.subList(0, 1 + random.nextInt(life.size()))) {
            write(id, tx -> {
                commit.events().forEach(tx::record);
                commit.sessionEvents().forEach(tx::record);
            });
        }
    }

    private static ConversationEvent fork(ConversationId id) {
        var model = new ConversationModel();
        ConversationLifecycle.startingWith(Samples.started(Samples.newConversationId())).subList(0, 5)
                .forEach(model::apply);
        return model.head().orElseThrow().fork(id, Samples.title("a fork"), model.messages(), Samples.digest("f" + id),
                Samples.now());
    }

    private ConversationEvent imported(ConversationId id) {
        Version version = new Version(1 + random.nextLong(Version.HIGHEST_FIRST.value()));
        var messages = new ArrayList<Message>();
        int count = random.nextInt(5);
        for (int position = 1; position <= count; position++) {
            var messageId = new MessageId(new UUID(random.nextLong(), position));
            messages.add(position == 2
                    ? new Message(messageId, position, Role.USER, Optional.empty(), "", Optional.empty(),
                            Metadata.EMPTY,
                            LONG_AGO, Optional.empty(), Optional.of(Samples.now()), version, Message.REMOVED,
                            Optional.empty())
                    : new Message(messageId, position, Role.ASSISTANT, Optional.of(new Author("author " + position)),
                            "said " + position, Optional.of("{\"n\": " + position + "}"),
                            new Metadata(Map.of("key", "value " + position)), Instant.parse("1582-10-04T00:00:00Z"),
                            Optional.of(Samples.now()), Optional.empty(), version, Samples.digest("m" + position),
                            Optional.of(IncompleteReason.LENGTH)));
        }
        var head = new Conversation(id, Samples.BOB, Optional.empty(), Metadata.EMPTY, version, messages.size(),
                LONG_AGO, Samples.now(), Optional.empty(), Optional.empty(), Optional.empty(),
                Samples.digest("import " + id));
        return Conversation.importing(head, messages, Samples.now());
    }

    private void oddTexts(ConversationId id) {
        String title = EdgeCaseTexts.cut(EdgeCaseTexts.SHORT.get(1 + random.nextInt(EdgeCaseTexts.SHORT.size() - 1)),
                200);
        write(id, tx -> {
            tx.record(Samples.started(id, Samples.ALICE, Samples.title(title)));
            EdgeCaseTexts.SHORT.forEach(text -> tx.record(tx.conversation().append(Samples.draft(text),
                    Samples.now())));
            if (random.nextInt(20) == 0) {
                tx.record(tx.conversation().append(Samples.draft(EdgeCaseTexts.EMOJI_OF_1_MIB), Samples.now()));
            }
        });
    }

    private void chat(ConversationId id, int messages, boolean live) {
        write(id, tx -> {
            tx.record(Samples.started(id, live ? Samples.ALICE : Samples.BOB, Samples.title("chat " + id)));
            for (int i = 0; i < Math.min(messages, ConversationTransaction.MAX_EVENTS - 10); i++) {
                tx.record(tx.conversation().append(MessageDraft.of(Samples.newMessageId(),
                        i % 2 == 0 ? Role.USER : Role.ASSISTANT, "Message " + i + " says " + random.nextLong()),
                        Samples.now()));
            }
        });
        for (int i = ConversationTransaction.MAX_EVENTS - 10; i < messages; i++) {
            write(id, tx -> tx.record(tx.conversation().append(Samples.draft("later"), Samples.now())));
        }
        write(id, tx -> {
            tx.conversation().edit(tx.messageAt(1).orElseThrow(), "edited", Optional.of("[]"), Metadata.EMPTY,
                    Samples.now()).ifPresent(tx::record);
            if (!live) {
                tx.record(tx.conversation().delete(Samples.now()).orElseThrow());
            }
        });
    }

    private void write(ConversationId id, Consumer<ConversationTransaction> events) {
        store.transact(id, tx -> {
            events.accept(tx);
            return true;
        });
    }
}
