package dev.confab.adapter.persistence.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.terms.Phrases;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every read of the same random conversations answers as the reference store does. Ids are random over all 128 bits and times
 * few, so that most orders are decided by ids of both signs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameAsReferenceTest {
    private static final long SEED = 20260117;
    private static final List<OwnerId> OWNERS = List.of(Samples.ALICE, Samples.BOB, new OwnerId("alice%_\\'{}\","));
    private static final List<String> WORDS = List.of("Straße", "STRASSE", "back\\slash", "100%", "snow_man", "o'clock",
            "alice", "O:alice", "o", "snow", "snowman", "{}", "a,b", "\"quoted\"", "naïve", "日本語", "😀");
    private static final Instant START = Instant.parse("2026-03-01T00:00:00.001Z");

    private final Random random = new Random(SEED);
    private final ReferenceStore reference = new ReferenceStore();
    private final List<ConversationId> ids = new ArrayList<>();
    private final List<Message> someMessages = new ArrayList<>();
    private TestStore store;
    private ConversationReader reads;

    @BeforeAll
    void write_the_same_to_both() {
        store = TestStore.open();
        reads = store.reads();
        for (int i = 0; i < 40; i++) {
            var id = new ConversationId(new UUID(random.nextLong(), random.nextLong()));
            ids.add(id);
            reference.transact(id, this::fill);
            List<Message> messages = reference.transact(id, SameAsReferenceTest::all);
            someMessages.addAll(messages);
            store.insert(reference.transact(id, tx -> tx.find().orElseThrow()), messages);
        }
        ids.add(Samples.newConversationId());
    }

    @AfterAll
    void close() {
        store.close();
    }

    private Void fill(ConversationTransaction tx) {
        OwnerId owner = OWNERS.get(random.nextInt(OWNERS.size()));
        Optional<Title> title = random.nextBoolean() ? Optional.of(new Title(text(3))) : Optional.empty();
        int time = random.nextInt(3);
        tx.record(
                Conversation.start(ids.getLast(), owner, title, metadata(), Samples.digest("" + ids.size()), at(time)));
        for (int i = random.nextInt(8); i > 0; i--) {
            var id = new MessageId(new UUID(random.nextLong(), random.nextLong()));
            Optional<String> data = random.nextBoolean() ? Optional.of("{ \"a\" :1.0}") : Optional.empty();
            var draft = new MessageDraft(id, Role.values()[random.nextInt(4)], text(4), data, metadata());
            tx.record(tx.conversation().append(draft, at(time + random.nextInt(2))));
            tx.messageAt(1 + random.nextInt(tx.conversation().messageCount()))
                    .flatMap(old -> random.nextInt(3) > 0
                            ? Optional.empty()
                            : tx.conversation().edit(old, text(2), data, metadata(), at(time + 1)))
                    .ifPresent(tx::record);
        }
        if (random.nextInt(4) == 0) {
            tx.conversation().delete(at(time + 2)).ifPresent(tx::record);
        }
        return null;
    }

    private String text(int words) {
        return String.join(" ",
                IntStream.range(0, words).mapToObj(i -> WORDS.get(random.nextInt(WORDS.size()))).toList());
    }

    private Metadata metadata() {
        return new Metadata(random.nextBoolean() ? Map.of() : Map.of("zeta", "", "a\"b", text(2), "€", "\u0001\n\\u"));
    }

    private static Instant at(int millis) {
        return START.plusMillis(millis);
    }

    private static List<Message> all(ConversationTransaction tx) {
        int count = tx.find().orElseThrow().messageCount();
        return IntStream.rangeClosed(1, count).mapToObj(position -> tx.messageAt(position).orElseThrow()).toList();
    }

    @Test
    void find_S13_S14() {
        assertThat(ids).allSatisfy(id -> same(reader -> reader.find(id, Samples.now())));
    }

    @Test
    void windows_S14() {
        assertThat(ids).allSatisfy(id -> {
            for (var order : Window.Order.values()) {
                for (int after : List.of(0, 1, 7, Integer.MAX_VALUE)) {
                    for (int before : List.of(1, 5, Integer.MAX_VALUE)) {
                        for (int limit : List.of(2, 1_000)) {
                            same(reader -> reader.read(id, new Window(after, before, limit, order), Samples.now()));
                        }
                    }
                }
            }
        });
    }

    @Test
    void single_messages_S14() {
        assertThat(ids).allSatisfy(id -> assertThat(someMessages.subList(0, 5))
                .allSatisfy(message -> same(reader -> reader.read(id, message.id(), Samples.now()))));
    }

    @Test
    void changes_S14() {
        assertThat(ids).allSatisfy(id -> {
            for (long version = 0; version < 20; version += 3) {
                long asked = version;
                same(reader -> reader.changesSince(id, asked, Samples.now()));
            }
        });
    }

    @Test
    void listings_page_by_page_S16() {
        for (OwnerId owner : OWNERS) {
            for (var sort : ListQuery.Sort.values()) {
                for (int limit : List.of(1, 2, 7, 100)) {
                    samePages((ConversationReader reader, Optional<ListQuery.Key> after) -> reader.list(owner,
                            new ListQuery(sort, limit, after), Samples.now()));
                }
            }
        }
    }

    @Test
    void searches_page_by_page_S16() {
        List<String> texts = new ArrayList<>(WORDS);
        texts.removeIf("{}"::equals);
        texts.addAll(
                List.of("snow alice", "alice sno", "straße ow", "st", "O:alice", "strasse snow snowman", "nothing"));
        for (OwnerId owner : OWNERS) {
            for (String text : texts) {
                boolean tooShort = Phrases.of(text, true).prefix()
                        .filter(last -> last.length() < SearchQuery.MIN_PREFIX_LENGTH).isPresent();
                for (boolean prefix : tooShort ? List.of(false) : List.of(true, false)) {
                    for (int limit : List.of(2, 100)) {
                        samePages((ConversationReader reader, Optional<SearchQuery.Key> after) -> reader.search(owner,
                                new SearchQuery(text, prefix, Optional.empty(), limit, after), Samples.now()));
                    }
                    same(reader -> reader.search(owner,
                            new SearchQuery(text, prefix, Optional.of(ids.getFirst()), 100, Optional.empty()),
                            Samples.now()));
                }
            }
        }
    }

    @Test
    void expired_in_any_order_S13() {
        for (int millis = 0; millis < 8; millis++) {
            Instant before = at(millis);
            assertThat(reads.deletedBefore(before, 100))
                    .containsExactlyInAnyOrderElementsOf(reference.deletedBefore(before, 100));
            assertThat(reads.deletedAfter(before, 100))
                    .containsExactlyInAnyOrderElementsOf(reference.deletedAfter(before, 100));
        }
        assertThat(reads.deletedBefore(at(100), 2)).hasSize(2);
    }

    @Test
    void all_of_an_owner_live_and_in_the_bin() {
        for (OwnerId owner : OWNERS) {
            List<ConversationId> expected = ids.stream().filter(id -> reference
                    .<Boolean>transact(id, tx -> tx.find().filter(head -> head.owner().equals(owner)).isPresent()))
                    .toList();

            assertThat(store.reads().ofOwner(owner, Long.MAX_VALUE, 100)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(store.reads().ofOwner(owner, Long.MAX_VALUE, 3)).hasSize(3).isSubsetOf(expected);
        }
    }

    private void same(Function<ConversationReader, ?> read) {
        Object expected;
        try {
            expected = read.apply(reference);
        } catch (ConversationNotFound | MessageNotFound e) {
            assertThatThrownBy(() -> read.apply(reads)).hasSameClassAs(e).hasMessage(e.getMessage());
            return;
        }
        assertThat((Object) read.apply(reads)).isEqualTo(expected);
    }

    /** Each page starts where the reference's page before ended. */
    private <T, K> void samePages(BiFunction<ConversationReader, Optional<K>, Page<T, K>> pageAfter) {
        Optional<K> after = Optional.empty();
        do {
            Optional<K> start = after;
            same(reader -> pageAfter.apply(reader, start));
            after = pageAfter.apply(reference, start).next();
        } while (after.isPresent());
    }
}
