package dev.confab.adapter.persistence.file.trial;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationException;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.SessionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes sequences of commands on a few conversations. A command does the same whenever and wherever it is run. */
public final class Commands {
    public final List<ConversationId> conversations = Stream.generate(Samples::newConversationId).limit(3).toList();
    private final List<MessageId> messages = Stream.generate(Samples::newMessageId).limit(10).toList();
    private final Random random;

    /** Makes the commands on sessions and turns. */
    final SessionCommands sessions;

    public Commands(long seed) {
        random = new Random(seed);
        sessions = new SessionCommands(random);
    }

    public sealed interface Command {
    }

    public record Checkpoint() implements Command {
    }

    /** A transaction on one conversation. Two stores with equal content give equal results. */
    public record Change(String name, ConversationId id,
            Function<ConversationTransaction, Object> work) implements Command {
        public Object on(ConversationStore store) {
            try {
                return store.transact(id, work);
            } catch (ConversationException | SessionException refused) {
                return refused.toString();
            }
        }
    }

    public List<Command> take(int count) {
        var commands = new ArrayList<Command>();
        conversations.forEach(id -> commands.add(begin(id)));
        while (commands.size() < count) {
            commands.add(random.nextInt(7) == 0 ? new Checkpoint() : change(pick(conversations)));
        }
        return commands;
    }

    public Change change(ConversationId id) {
        Instant now = Samples.now();
        return switch (random.nextInt(36)) {
            case 0, 1 -> begin(id);
            case 2, 3, 4, 5, 6, 7 -> ifLive("append", id, Transactions.append(draft(pick(messages)), now));
            case 8, 9 -> ifLive("batch", id, Transactions.appendAll(
                    messages.subList(random.nextInt(4), 5 + random.nextInt(5)).stream().map(this::draft).toList(),
                    Optional.empty(), now));
            case 10, 11 -> edit(id, pick(messages), text(), now);
            case 12, 13 -> {
                int position = 1 + random.nextInt(6);
                yield ifLive("truncate", id, tx -> record(tx, tx.messageAt(position)
                        .flatMap(last -> tx.conversation().truncateAfter(last, now)), now));
            }
            case 14 -> ifLive("clear", id, tx -> record(tx, tx.conversation().clear(now), now));
            case 15 -> {
                var title = Samples.title(text().substring(0, 3));
                yield ifLive("rename", id, tx -> record(tx, tx.conversation().rename(title, now)));
            }
            case 16, 17 ->
                new Change("delete", id, tx -> record(tx, tx.find().flatMap(head -> head.delete(now)), now));
            case 18, 20, 21 ->
                new Change("restore", id, tx -> record(tx, tx.find().flatMap(head -> head.restore(now))));
            case 19 -> new Change("purge", id, tx -> record(tx,
                    tx.find().filter(Conversation::isDeleted).map(head -> head.purge(now))));
            default -> sessions.change(id, now);
        };
    }

    private Change begin(ConversationId id) {
        Instant now = Samples.now();
        if (random.nextBoolean()) {
            var started = Samples.started(id);
            return new Change("begin", id,
                    tx -> record(tx, tx.find().isPresent() ? Optional.empty() : Optional.of(started)));
        }
        // As a fork begins: with messages.
        var head = Conversation.from(Samples.started(Samples.newConversationId()));
        var copied = new ArrayList<dev.confab.domain.conversation.Message>();
        for (MessageId message : messages.subList(0, 1 + random.nextInt(3))) {
            var appended = head.append(draft(message), now);
            copied.add(appended.message());
            head = head.apply(appended).orElseThrow();
        }
        var forked = head.fork(id, Optional.empty(), copied, Samples.digest("fork"), now);
        return new Change("fork", id, tx -> record(tx, tx.find().isPresent() ? Optional.empty() : Optional.of(forked)));
    }

    private Change edit(ConversationId id, MessageId message, String text, Instant now) {
        return ifLive("edit", id, tx -> record(tx, tx.message(message)
                .flatMap(found -> tx.conversation().edit(found, text, found.data(), found.metadata(), now))));
    }

    public static Change ifLive(String name, ConversationId id, Function<ConversationTransaction, ?> work) {
        return new Change(name, id, tx -> tx.find().filter(head -> !head.isDeleted()).isPresent()
                ? work.apply(tx)
                : "there is no live one");
    }

    private static Object record(ConversationTransaction tx, Optional<? extends ConversationEvent> event) {
        event.ifPresent(tx::record);
        return tx.find();
    }

    /** As the use cases do: a change that may remove the prompt of the running turn cancels the turn, too. */
    private static Object record(ConversationTransaction tx, Optional<? extends ConversationEvent> event, Instant now) {
        event.flatMap(any -> tx.activity().cancel(now)).ifPresent(tx::record);
        return record(tx, event);
    }

    private MessageDraft draft(MessageId id) {
        // The same for the same id, so that a repeated append is a repeat.
        int size = 20 << messages.indexOf(id);
        return new MessageDraft(id, Role.USER, "needle %s ".formatted(id).repeat(size / 40 + 1), Optional.empty(),
                new Metadata(Map.of("size", Integer.toString(size))));
    }

    private String text() {
        return "needle " + Integer.toString(random.nextInt(1_000_000), 36).repeat(1 + random.nextInt(200));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
