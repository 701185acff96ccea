package dev.confab.adapter.persistence.contract.random;

import dev.confab.domain.conversation.Message.Author;
import static dev.confab.adapter.persistence.contract.sample.Samples.ALICE;
import static dev.confab.adapter.persistence.contract.sample.Samples.BOB;
import static dev.confab.adapter.persistence.contract.sample.Samples.now;

import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.ListFilter;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Generates random commands with few ids and few words, so that they often concern the same things. */
final class RandomCommands {
    private static final Instant BEFORE_ALL = Instant.parse("1999-12-31T23:59:59.999Z");

    private final Random random;
    private final List<ConversationId> conversations = Stream.generate(Samples::newConversationId).limit(3).toList();
    private final List<MessageId> messages = Stream.generate(Samples::newMessageId).limit(12).toList();
    private final RandomSessionCommands sessionCommands;
    private final List<String> words = List.of("red", "green", "Blue", "é😀", "redder", "");

    RandomCommands(Random random) {
        this.random = random;
        this.sessionCommands = new RandomSessionCommands(random, conversations);
    }

    /**
     * A command that can be run on several stores with the same values.
     *
     * @param run returns a response that can be compared with another store's
     */
    record Command(String name, Function<StoreUnderTest, Object> run) {

        /** Reads the first page, and the one after it if there is one. */
        static <T, K> Command pages(String name, BiFunction<StoreUnderTest, Optional<K>, Page<T, K>> read) {
            return new Command(name, db -> {
                Page<T, K> first = read.apply(db, Optional.empty());
                return first + " then " + first.next().map(key -> read.apply(db, Optional.of(key)));
            });
        }
    }

    Command next() {
        ConversationId id = pick(conversations);
        Instant now = now().minusMillis(random.nextInt(50));
        return switch (random.nextInt(40)) {
            case 0, 1 -> transact("begin", id, Transactions.begin(started(id)));
            case 2, 3, 4, 5 -> transact("append", id, Transactions.append(draft(pick(messages)), expected(), now));
            case 6, 7 -> transact("appendAll", id, Transactions.appendAll(
                    messages.subList(random.nextInt(6), 6 + random.nextInt(6)).stream().map(this::draft).toList(),
                    expected(), now));
            case 8 -> random.nextInt(4) == 0
                    ? transact("make permanent", id, Transactions.change(head -> head.makePermanent(now)))
                    : rename(id, title(), now);
            case 9 -> random.nextBoolean()
                    ? changeMetadata(id, new Metadata(Map.of("k", pick(words))), now)
                    : file(id, new Filing(random.nextBoolean(), random.nextBoolean(), labels()), now);
            case 10 -> edit(id, now);
            case 11 -> random.nextBoolean() ? truncate(id, now) : remove(id, now);
            case 12 -> transact("clear", id, cancelling(Transactions.change(head -> head.clear(now)), now));
            case 13 -> transact("delete", id, cancelling(Transactions.move(head -> head.delete(now)), now));
            case 14, 15 -> random.nextInt(6) > 0
                    ? transact("restore", id, Transactions.move(head -> head.restore(now)))
                    : transact("purge", id, Transactions.move(head -> Optional.of(head.purge(now))));
            case 16 -> fork(id, pick(conversations), now);
            case 17 -> read(id);
            case 18 -> changes(id);
            case 19 -> list();
            case 20, 21 -> search();
            case 22 -> new Command("deleted before", db -> db.reader().deletedBefore(now, 10).stream()
                    .sorted(Comparator.comparing(Conversation::id)).toList());
            case 23 -> rare(id);
            default -> sessionCommands.next();
        };
    }

    private ConversationEvent.Creation started(ConversationId id) {
        return random.nextInt(5) == 0
                ? Samples.startedUntil(id, title(), sessionCommands.end())
                : Samples.started(id, pick(List.of(ALICE, ALICE, BOB)), title());
    }

    /** Cancels the unfinished turn in the same transaction, as the use cases do. Sometimes it does not; then the store must reject it. */
    private <R> Function<ConversationTransaction, R> cancelling(Function<ConversationTransaction, R> work,
            Instant now) {
        boolean forgotten = random.nextInt(6) == 0;
        return tx -> {
            R result = work.apply(tx);
            if (!forgotten) {
                tx.activity().cancel(now).ifPresent(tx::record);
            }
            return result;
        };
    }

    private Command rare(ConversationId id) {
        return switch (random.nextInt(6)) {
            case 0 -> new Command("erase", db -> db.eraser().erase(BOB));
            case 1 -> new Command("crash", db -> {
                db.crash();
                return db.reader().find(id, now());
            });
            case 2 -> new Command("reopen", db -> {
                db.reopen();
                return db.reader().find(id, now());
            });
            default -> new Command("find", db -> db.reader().find(id, now()));
        };
    }

    private Command edit(ConversationId id, Instant now) {
        MessageId messageId = pick(messages);
        String text = text();
        return transact("edit " + messageId, id, tx -> {
            Conversation head = tx.conversation();
            tx.message(messageId).flatMap(m -> head.edit(m, text, m.data(), m.metadata(), now)).ifPresent(tx::record);
            return tx.message(messageId);
        });
    }

    private Command remove(ConversationId id, Instant now) {
        MessageId messageId = pick(messages);
        return transact("remove " + messageId, id, cancelling(tx -> {
            Conversation head = tx.conversation();
            tx.message(messageId).flatMap(m -> head.remove(m, now)).ifPresent(tx::record);
            return tx.message(messageId);
        }, now));
    }

    private Command truncate(ConversationId id, Instant now) {
        int position = 1 + random.nextInt(8);
        return transact("truncate after " + position, id, cancelling(tx -> {
            Conversation head = tx.conversation();
            tx.messageAt(position).flatMap(last -> head.truncateAfter(last, now)).ifPresent(tx::record);
            return tx.conversation();
        }, now));
    }

    private Command fork(ConversationId source, ConversationId target, Instant now) {
        return new Command("fork " + source + " as " + target, db -> {
            var window = db.reader().read(source, Window.first(5), now());
            return window.messages().isEmpty()
                    ? "nothing to fork"
                    : db.store().transact(target, Transactions.begin(window.conversation().fork(target,
                            Optional.empty(), window.messages(), Samples.digest("f"), now)));
        });
    }

    private Command read(ConversationId id) {
        var window = new Window(random.nextInt(4), 1 + random.nextInt(20), 1 + random.nextInt(10),
                random.nextBoolean() ? Window.Order.ASCENDING : Window.Order.DESCENDING);
        MessageId messageId = pick(messages);
        return random.nextBoolean()
                ? new Command("read " + window, db -> db.reader().read(id, window, now()))
                : new Command("read " + messageId, db -> db.reader().read(id, messageId, now()));
    }

    private Command changes(ConversationId id) {
        long version = random.nextInt(30);
        return new Command("changes since " + version, db -> db.reader().changesSince(id, version, now()));
    }

    private Command list() {
        OwnerId owner = pick(List.of(ALICE, BOB));
        ListQuery.Sort sort = pick(List.of(ListQuery.Sort.values()));
        ListFilter filter = random.nextBoolean() ? ListFilter.ALL : filter();
        return Command.pages("list " + sort + " " + filter,
                (StoreUnderTest db, Optional<ListQuery.Key> after) -> db.reader().list(owner,
                        new ListQuery(sort, filter, 2, after), now()));
    }

    private Command search() {
        String text = pick(words.subList(0, 5)) + " " + text();
        boolean prefix = random.nextBoolean();
        Optional<ConversationId> only = random.nextInt(3) == 0 ? Optional.of(pick(conversations)) : Optional.empty();
        return Command.pages("search " + text, (StoreUnderTest db, Optional<SearchQuery.Key> after) -> db.reader()
                .search(ALICE, new SearchQuery(text, prefix, only, 3, after), now()));
    }

    private static Command rename(ConversationId id, Optional<Title> title, Instant now) {
        return transact("rename " + title, id, Transactions.change(head -> head.rename(title, now)));
    }

    private static Command changeMetadata(ConversationId id, Metadata metadata, Instant now) {
        return transact("metadata " + metadata, id, Transactions.change(head -> head.changeMetadata(metadata, now)));
    }

    private static Command file(ConversationId id, Filing filing, Instant now) {
        return transact("file " + filing, id, Transactions.change(head -> head.file(filing, now)));
    }

    private ListFilter filter() {
        return new ListFilter(pick(List.of(ListFilter.Archived.values())),
                random.nextInt(3) == 0 ? Optional.of(random.nextBoolean()) : Optional.empty(),
                random.nextBoolean() ? labels() : new TreeSet<>(),
                random.nextInt(4) == 0 ? new Metadata(Map.of("k", pick(words))) : Metadata.EMPTY);
    }

    private SortedSet<String> labels() {
        return new TreeSet<>(List.of("red", "Red", "é😀").subList(0, random.nextInt(4)));
    }

    private static <R> Command transact(String name, ConversationId id, Function<ConversationTransaction, R> work) {
        boolean needsConversation = !name.startsWith("begin") && !name.startsWith("append");
        return new Command(name + " in " + id, db -> db.store().transact(id,
                tx -> needsConversation && tx.find().isEmpty() ? "no conversation" : work.apply(tx)));
    }

    /** Mostly the same text for the same id, so that there are repeated drafts and not only reused ids. */
    private MessageDraft draft(MessageId id) {
        int index = messages.indexOf(id);
        String text = random.nextInt(4) > 0 ? words.get(index % 5) : text();
        return index % 3 > 0
                ? MessageDraft.of(id, Role.USER, text)
                : new MessageDraft(id, Role.USER, Optional.of(new Author("author " + index)), text, Optional.empty(),
                        Metadata.EMPTY, Optional.of(BEFORE_ALL.plusSeconds(index)));
    }

    private String text() {
        return pick(words) + " " + pick(words);
    }

    private Optional<Title> title() {
        return random.nextBoolean() ? Samples.title(pick(words) + " title") : Optional.empty();
    }

    private Optional<Version> expected() {
        return random.nextInt(3) == 0 ? Optional.of(new Version(1 + random.nextInt(12))) : Optional.empty();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
