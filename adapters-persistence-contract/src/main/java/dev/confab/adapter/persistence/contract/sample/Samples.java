package dev.confab.adapter.persistence.contract.sample;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.ConversationImported;
import dev.confab.domain.conversation.ConversationEvent.ConversationStarted;
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
import dev.confab.domain.query.SearchQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Values for tests: ids that no other test of this process uses, and times that increase by a millisecond. */
public final class Samples {
    public static final OwnerId ALICE = new OwnerId("alice");
    public static final OwnerId BOB = new OwnerId("bob");
    private static final AtomicLong COUNTER = new AtomicLong();
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private Samples() {
    }

    public static ConversationId newConversationId() {
        return new ConversationId(newUuid());
    }

    public static MessageId newMessageId() {
        return new MessageId(newUuid());
    }

    /** A draft with a new id. */
    public static MessageDraft draft(String text) {
        return MessageDraft.of(newMessageId(), Role.USER, text);
    }

    public static Optional<Title> title(String text) {
        return Optional.of(new Title(text));
    }

    /** A search for the first page of hits. */
    public static SearchQuery searching(String text) {
        return new SearchQuery(text, false, Optional.empty(), SearchQuery.MAX_LIMIT, Optional.empty());
    }

    /** The digest of a request with this content. */
    public static Digest digest(String content) {
        return Digest.of("sample").field(content).build();
    }

    /** The first event of an empty conversation of Alice. */
    public static ConversationStarted started(ConversationId id) {
        return started(id, ALICE, Optional.empty());
    }

    public static ConversationStarted started(ConversationId id, OwnerId owner, Optional<Title> title) {
        return Conversation.start(id, owner, title, Metadata.EMPTY, digest(id + " of " + owner + title), now());
    }

    /** The first event of a conversation of Alice that starts at this time. */
    public static ConversationStarted startedAt(Instant time, ConversationId id, Optional<Title> title) {
        return Conversation.start(id, ALICE, title, Metadata.EMPTY, digest("at " + time), time);
    }

    /** The first event of a conversation of Alice with a time to live. */
    public static ConversationStarted startedUntil(ConversationId id, Optional<Title> title, Instant expiresAt) {
        return Conversation.startUntil(Optional.of(expiresAt), id, ALICE, title, Metadata.EMPTY, digest("until " + id),
                now());
    }

    /** The first event of an import of the same conversation with another id. */
    public static ConversationImported imported(ConversationId id, Conversation head, List<Message> messages) {
        var renamed = new Conversation(id, head.owner(), head.title(), head.metadata(), head.filing(), head.version(),
                head.messageCount(), head.createdAt(), head.updatedAt(), Optional.empty(), Optional.empty(),
                head.origin(), digest("import of " + id));
        return Conversation.importing(renamed, messages, now());
    }

    /** The first event of an imported conversation of Alice that was created and changed at this time, with one message. */
    public static ConversationImported importedAt(Instant time, Message message) {
        var head = new Conversation(newConversationId(), ALICE, Optional.empty(), Metadata.EMPTY, message.version(), 1,
                time, time, Optional.empty(), Optional.empty(), Optional.empty(), digest("import at " + time));
        return new ConversationImported(head, List.of(message), now());
    }

    /** The head of a conversation of Alice that is to be created in several transactions. */
    public static Conversation complete(ConversationId id, String title, int messages, long version) {
        Instant at = now();
        return new Conversation(id, ALICE, title(title), Metadata.EMPTY, new Version(version), messages, at, at,
                Optional.empty(), Optional.empty(), Optional.empty(), digest("complete " + id));
    }

    /** A message as an import brings it. */
    public static Message message(int position, String text, long version) {
        MessageDraft draft = draft(text);
        return new Message(draft.id(), position, draft.role(), text, draft.data(), draft.metadata(), now(),
                Optional.empty(), new Version(version), draft.digest());
    }

    /** A time later than every time returned before. */
    public static Instant now() {
        return EPOCH.plusMillis(COUNTER.incrementAndGet());
    }

    /** A UUID in the form of version 7, like those in production, because stores may sort or compress them. */
    static UUID newUuid() {
        long count = COUNTER.incrementAndGet();
        long millis = EPOCH.toEpochMilli() + count;
        return new UUID(millis << 16 | 0x7000L | count & 0xFFF, 0x8000_0000_0000_0000L | count);
    }
}
