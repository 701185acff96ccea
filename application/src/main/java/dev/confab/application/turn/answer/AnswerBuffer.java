package dev.confab.application.turn.answer;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.TextRules;

/** Collects the text of an answer between two rounds of tools. Not thread-safe. */
public final class AnswerBuffer {
    private final StorableText storable = new StorableText();
    private final StringBuilder text = new StringBuilder();
    /** Of all rounds, because all their texts become one message. */
    private long bytes;

    /** @param before the text of earlier rounds */
    public AnswerBuffer(String before) {
        this.bytes = TextRules.utf8Length(before);
    }

    /**
     * Adds a piece and returns the text that can be published now, maybe none. Throws {@link RunFailed} when the answer is too long for a
     * message.
     */
    public String add(String piece) {
        return append(storable.add(piece));
    }

    /** Adds and returns the rest when no more pieces follow. */
    public String finish() {
        return append(storable.finish());
    }

    public void clear() {
        text.setLength(0);
    }

    public String text() {
        return text.toString();
    }

    private String append(String more) {
        bytes += TextRules.utf8Length(more);
        if (bytes > Message.MAX_TEXT_BYTES) {
            throw new RunFailed(TurnFailures.REPLY_TOO_LONG);
        }
        text.append(more);
        return more;
    }
}
