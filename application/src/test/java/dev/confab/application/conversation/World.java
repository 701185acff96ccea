package dev.confab.application.conversation;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.RunTwice;
import dev.confab.application.Conversations.Creation;
import dev.confab.application.Messages.NewMessage;
import dev.confab.application.RequestedId;
import dev.confab.application.retry.RetryListener;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.session.SessionService;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.Ids;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Session.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The services over a reference store that runs every transaction function twice (S9), with a clock that tests set. */
public final class World {
    public static final OwnerId ANN = new OwnerId("ann");
    public static final OwnerId BEN = new OwnerId("ben");
    public static final RequestedId MADE = new RequestedId.Unnamed();
    public static final Precondition NONE = new Precondition.None();

    public final ReferenceStore reference;
    public final ConversationService conversations;
    public final MessageService messages;
    public final TransferService transfer;
    public final SessionService sessions;
    public final IdResolver ids = new IdResolver(new CountingIds());
    public volatile Instant now = Instant.parse("2026-01-02T03:04:05.678901Z");

    public World() {
        this(new ReferenceStore());
    }

    public World(ReferenceStore reference) {
        this(reference, new RunTwice(reference));
    }

    public World(ReferenceStore reference, ConversationStore store) {
        this.reference = reference;
        var retrying = new RetryingConversationStore(store, Duration.ofSeconds(30), RetryListener.NONE);
        var clock = InstantSource.tick(() -> now, Duration.ofMillis(1));
        conversations = new ConversationService(retrying, reference, ids, LocalTurns.NONE, clock);
        messages = new MessageService(retrying, reference, ids, LocalTurns.NONE, clock);
        transfer = new TransferService(retrying, reference, ids, clock);
        sessions = new SessionService(retrying, reference, ids, LocalTurns.NONE, clock);
    }

    /** Ann's conversation with these messages. */
    public Conversation started(String... texts) {
        return conversations.create(ANN, creation(MADE, "Trip", texts)).value();
    }

    public static Creation creation(RequestedId id, String title, String... texts) {
        return new Creation(id, Optional.of(new Title(title)), Metadata.EMPTY,
                Arrays.stream(texts).map(text -> message(MADE, text)).toList());
    }

    public static NewMessage message(RequestedId id, String text) {
        return new NewMessage(id, Role.USER, text, Optional.of("{\"a\":1}"), new Metadata(Map.of("k", "v")));
    }

    /** A client's own id, the same for the same number. */
    public static RequestedId given(int number) {
        return new RequestedId.Given(new UUID(0x4000, 0x8000000000000000L | number));
    }

    public static RequestedId key(String key) {
        return new RequestedId.Keyed(key);
    }

    public static Precondition at(long version) {
        return new Precondition.OneOf(Set.of(new Version(version)));
    }

    public List<Message> all(ConversationId id) {
        return reference.read(id, Window.first(Window.MAX_LIMIT), now).messages();
    }

    public List<String> texts(ConversationId id) {
        return all(id).stream().map(Message::text).toList();
    }

    public MessageId idAt(Conversation conversation, int position) {
        return all(conversation.id()).get(position - 1).id();
    }

    public static Settings renamed(Settings before) {
        return new Settings(Optional.of(new Title("Renamed")), before.instructions(), before.model(),
                before.contextTokens(), before.context());
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    private static final class CountingIds implements Ids {
        private final AtomicLong count = new AtomicLong();

        @Override
        public UUID next() {
            return new UUID(0x7000, 0x8000000000000000L | count.incrementAndGet());
        }

        @Override
        public UUID named(UUID namespace, String name) {
            return UUID.nameUUIDFromBytes((namespace + name).getBytes(StandardCharsets.UTF_8));
        }
    }
}
