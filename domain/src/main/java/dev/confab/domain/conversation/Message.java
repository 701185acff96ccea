package dev.confab.domain.conversation;

import java.time.Instant;
import java.util.Optional;

/**
 * A message in its conversation. A removed message keeps its id, position, role and time; its content is gone.
 *
 * @param position 1..messageCount, dense
 * @param author who wrote it, where the role is not enough
 * @param text at most 1 MiB of UTF-8
 * @param data opaque JSON text, at most 1 MiB of UTF-8
 * @param createdAt when it was written; the position is the order, not the time
 * @param removedAt when its content was removed; empty for every other message
 * @param version the conversation's version that last changed this message
 * @param digest of the draft that became the message; an edit keeps it, a removal replaces it by {@link #REMOVED}
 * @param incomplete why the assistant's answer ends here although it was not finished; empty for every whole message
 */
public record Message(MessageId id, int position, Role role, Optional<Author> author, String text,
        Optional<String> data, Metadata metadata, Instant createdAt, Optional<Instant> editedAt,
        Optional<Instant> removedAt, Version version, Digest digest, Optional<IncompleteReason> incomplete) {
    public static final int MAX_TEXT_BYTES = 1024 * 1024;
    public static final int MAX_DATA_BYTES = 1024 * 1024;

    /** The digest of every removed message. With the draft's own digest, a person who guesses the text could check the guess. */
    public static final Digest REMOVED = Digest.of("removed message").build();

    /** Who wrote a message, where the role is not enough: a person in a group, one of several models. 1..100 code points. */
    public record Author(String name) {
        public static final int MAX_CODE_POINTS = 100;

        public Author {
            TextRules.text("author", name);
            if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_CODE_POINTS) {
                throw new InvalidValue("author", "must have 1 to " + MAX_CODE_POINTS + " characters");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public Message {
        requireText(text);
        data.ifPresent(Message::requireData);
        if (position < 1) {
            throw new InvalidValue("position", "must be at least 1");
        }
        Times.requireMillis(createdAt);
        editedAt.ifPresent(Times::requireMillis);
        removedAt.ifPresent(Times::requireMillis);
        if (incomplete.isPresent() && role != Role.ASSISTANT) {
            throw new InvalidValue("incomplete", "only a message of the assistant can be incomplete");
        }
        if (removedAt.isPresent() && (hasContent(author, text, data, metadata) || !digest.equals(REMOVED))) {
            throw new InvalidValue("removedAt", "a removed message has no author, text, data or metadata");
        }
    }

    /** A whole message without an author. */
    public Message(MessageId id, int position, Role role, String text, Optional<String> data, Metadata metadata,
            Instant createdAt, Optional<Instant> editedAt, Version version, Digest digest) {
        this(id, position, role, Optional.empty(), text, data, metadata, createdAt, editedAt, Optional.empty(), version,
                digest, Optional.empty());
    }

    public boolean isRemoved() {
        return removedAt.isPresent();
    }

    /** This message without its content. */
    Message removed(Instant at, Version next) {
        return new Message(id, position, role, Optional.empty(), "", Optional.empty(), Metadata.EMPTY, createdAt,
                editedAt, Optional.of(at), next, REMOVED, incomplete);
    }

    /** This message as a conversation that is forked from its own begins with it. */
    public Message copied() {
        return new Message(id, position, role, author, text, data, metadata, createdAt, Optional.empty(), removedAt,
                Version.FIRST, digest, incomplete);
    }

    /** The weight in bytes that counts against limits: author, text, data and metadata in UTF-8, plus 256 for the rest. */
    public int weight() {
        return 256 + contentBytes(author, text, data, metadata);
    }

    static int contentBytes(Optional<Author> author, String text, Optional<String> data, Metadata metadata) {
        int bytes = author.map(Author::name).map(TextRules::utf8Length).orElse(0) + TextRules.utf8Length(text)
                + data.map(TextRules::utf8Length).orElse(0);
        for (var pair : metadata.pairs().entrySet()) {
            bytes += TextRules.utf8Length(pair.getKey()) + TextRules.utf8Length(pair.getValue());
        }
        return bytes;
    }

    private static boolean hasContent(Optional<Author> author, String text, Optional<String> data,
            Metadata metadata) {
        return author.isPresent() || !text.isEmpty() || data.isPresent() || !metadata.equals(Metadata.EMPTY);
    }

    public static void requireText(String text) {
        TextRules.text("text", text, MAX_TEXT_BYTES);
    }

    static void requireData(String data) {
        TextRules.text("data", data, MAX_DATA_BYTES);
    }
}
