package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Takes random decisions on a conversation: the same ones for the same seed. */
final class RandomDecisions {
    static final ConversationId ID = new ConversationId(new UUID(1, 1));
    static final OwnerId OWNER = new OwnerId("me");
    private final Random random;

    RandomDecisions(long seed) {
        random = new Random(seed);
    }

    /** What a decision that is possible now comes to; empty where it changes nothing. */
    Optional<ConversationEvent> next(PlainModel model) {
        if (model.head().isEmpty()) {
            return Optional.of(begin());
        }
        Conversation head = model.head().get();
        if (head.isDeleted()) {
            return random.nextInt(4) == 0
                    ? Optional.of(head.purge(now()))
                    : head.restore(now()).map(event -> event);
        }
        return switch (random.nextInt(20)) {
            case 0 -> head.delete(now()).map(event -> event);
            case 1, 2 -> head.rename(title(), now()).map(event -> event);
            case 3 -> head.changeMetadata(metadata(), now()).map(event -> event);
            case 4, 5, 6, 7 -> model.messages().isEmpty()
                    ? Optional.empty()
                    : head.edit(any(model), "text " + random.nextInt(3), data(), metadata(), now())
                            .map(event -> event);
            case 8 -> model.messages().isEmpty()
                    ? Optional.empty()
                    : head.truncateAfter(any(model), now()).map(event -> event);
            case 9 -> random.nextInt(3) == 0 ? head.clear(now()).map(event -> event) : Optional.empty();
            default -> draft(model).map(draft -> head.append(draft, now()));
        };
    }

    /** What may happen to a session now: one begins, changes or ends. */
    Optional<SessionEvent> nextOfSessions(PlainModel model) {
        var id = new SessionId(new UUID(5, random.nextInt(3)));
        Optional<Session> found = model.activity().find(id);
        if (model.head().isEmpty()) {
            return Optional.empty();
        }
        if (found.isEmpty()) {
            return Optional.of(new SessionStarted(Session.begin(id, ID, OWNER, new Lifetime.Permanent(), Settings.NONE,
                    digest(), now()), now()));
        }
        return Optional.of(random.nextBoolean()
                ? new SessionChanged(found.get().activate(now()), now())
                : new SessionEnded(ID, id, now()));
    }

    int random(int bound) {
        return random.nextInt(bound);
    }

    /** The clock jumps, backwards too. */
    Instant now() {
        return Instant.ofEpochMilli(1_000_000 + random.nextInt(100_000));
    }

    private ConversationEvent begin() {
        var started = Conversation.start(ID, OWNER, title(), metadata(), digest(), now());
        if (random.nextBoolean()) {
            return started;
        }
        int count = 1 + random.nextInt(5);
        Conversation head = new Conversation(ID, OWNER, title(), metadata(), new Version(7), count,
                Instant.ofEpochMilli(1), Instant.ofEpochMilli(5), Optional.empty(), Optional.empty(), Optional.empty(),
                digest());
        List<Message> messages = IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Message(new MessageId(new UUID(3, i)), i, Role.USER, "text", data(), metadata(),
                        Instant.ofEpochMilli(2), Optional.empty(), new Version(i), digest()))
                .toList();
        if (random.nextBoolean()) {
            return Conversation.importing(head, messages, now());
        }
        var source = new ConversationId(new UUID(1, 2));
        var other = new Conversation(source, OWNER, title(), metadata(), new Version(7), count, head.createdAt(),
                head.updatedAt(), Optional.empty(), Optional.empty(), Optional.empty(), digest());
        return other.fork(ID, title(), messages, digest(), now());
    }

    /** Ids are few, so that truncated ones come again. */
    private Optional<MessageDraft> draft(PlainModel model) {
        var id = new MessageId(new UUID(2, random.nextInt(60)));
        return model.message(id).isPresent()
                ? Optional.empty()
                : Optional.of(new MessageDraft(id, Role.values()[random.nextInt(4)], "text", data(), metadata()));
    }

    private Message any(PlainModel model) {
        return model.messageAt(1 + random.nextInt(model.messages().size()));
    }

    private Optional<Title> title() {
        int number = random.nextInt(3);
        return number == 0 ? Optional.empty() : Optional.of(new Title("title " + number));
    }

    private Optional<String> data() {
        return random.nextBoolean() ? Optional.empty() : Optional.of("{}");
    }

    private Metadata metadata() {
        return random.nextBoolean() ? Metadata.EMPTY : new Metadata(Map.of("k", "v" + random.nextInt(3)));
    }

    private static Digest digest() {
        return Digest.of("test").build();
    }
}
