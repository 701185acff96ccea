package dev.confab.application.turn.run;

import dev.confab.domain.conversation.Message;

/**
 * Collects what an assistant says, in whole code points that every store can keep. Written by the runner alone; whoever cancels or
 * renews reads what is said at that moment.
 */
final class AnswerBuffer {
    private int step;
    private final StringBuilder text = new StringBuilder();
    /** Of all rounds: the whole becomes one message. */
    private long bytes;
    /** A high surrogate whose other half has not come yet; 0 for none. */
    private char held;

    /** @param said in the rounds before */
    AnswerBuffer(int step, String said) {
        this.step = step;
        this.bytes = StorableText.bytes(said);
    }

    /**
     * What can be told of the piece now; maybe nothing.
     *
     * @throws RunFailed it has become too long for a message
     */
    synchronized String say(String piece) {
        return keep(clean(piece));
    }

    /** The rest, when nothing follows. */
    synchronized String finish() {
        boolean lone = held != 0;
        held = 0;
        return lone ? keep(String.valueOf(StorableText.REPLACEMENT)) : "";
    }

    synchronized int step() {
        return step;
    }

    synchronized PartialAnswer said() {
        return new PartialAnswer(step, text.toString());
    }

    /** What was said is committed as a round; the next one follows. */
    synchronized void next(int nextStep) {
        step = nextStep;
        text.setLength(0);
    }

    private String keep(String clean) {
        bytes += StorableText.bytes(clean);
        if (bytes > Message.MAX_TEXT_BYTES) {
            throw new RunFailed(TurnFailures.REPLY_TOO_LONG);
        }
        text.append(clean);
        return clean;
    }

    private String clean(String piece) {
        var clean = new StringBuilder(piece.length() + 1);
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (held != 0) {
                if (Character.isLowSurrogate(c)) {
                    clean.append(held).append(c);
                    held = 0;
                    continue;
                }
                clean.append(StorableText.REPLACEMENT);
                held = 0;
            }
            if (Character.isHighSurrogate(c)) {
                held = c;
            } else {
                clean.append(c == 0 || Character.isLowSurrogate(c) ? StorableText.REPLACEMENT : c);
            }
        }
        return clean.toString();
    }
}
