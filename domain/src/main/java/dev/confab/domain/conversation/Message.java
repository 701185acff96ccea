package dev.confab.domain.conversation;

import java.time.Instant;
import java.util.Optional;

/**
 * A message in its conversation.
 *
 * @param position 1..messageCount, dense
 * @param text at most 1 MiB of UTF-8
 * @param data opaque JSON text, at most 64 KiB of UTF-8
 * @param version the conversation's version that last changed this message
 * @param digest of the draft that became the message; an edit keeps it
 * @param incomplete why the assistant's answer ends here although it was not finished; empty for every whole message
 */
public record Message(MessageId id, int position, Role role, String text, Optional<String> data, Metadata metadata,
        Instant createdAt, Optional<Instant> editedAt, Version version, Digest digest,
        Optional<IncompleteReason> incomplete) {
    public static final int MAX_TEXT_BYTES = 1024 * 1024;
    public static final int MAX_DATA_BYTES = 64 * 1024;

    public Message {
        requireText(text);
        data.ifPresent(Message::requireData);
        if (position < 1) {
            throw new InvalidValue("position", "must be at least 1");
        }
        Times.requireMillis(createdAt);
        editedAt.ifPresent(Times::requireMillis);
        if (incomplete.isPresent() && role != Role.ASSISTANT) {
            throw new InvalidValue("incomplete", "only a message of the assistant can be incomplete");
        }
    }

    /** A whole message. */
    public Message(MessageId id, int position, Role role, String text, Optional<String> data, Metadata metadata,
            Instant createdAt, Optional<Instant> editedAt, Version version, Digest digest) {
        this(id, position, role, text, data, metadata, createdAt, editedAt, version, digest, Optional.empty());
    }

    /** The weight in bytes that counts against limits: text, data and metadata in UTF-8, plus 256 for the rest. */
    public int weight() {
        int weight = 256 + TextRules.utf8Length(text) + data.map(TextRules::utf8Length).orElse(0);
        for (var pair : metadata.pairs().entrySet()) {
            weight += TextRules.utf8Length(pair.getKey()) + TextRules.utf8Length(pair.getValue());
        }
        return weight;
    }

    public static void requireText(String text) {
        TextRules.text("text", text, MAX_TEXT_BYTES);
    }

    static void requireData(String data) {
        TextRules.text("data", data, MAX_DATA_BYTES);
    }
}
