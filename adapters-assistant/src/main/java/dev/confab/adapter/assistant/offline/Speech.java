package dev.confab.adapter.assistant.offline;

import dev.confab.domain.port.Assistant.TextSink;
import java.time.Duration;
import java.util.regex.Pattern;

/** Says texts word by word, and counts the words. For one answer, in one thread. */
final class Speech {
    private static final Pattern BEFORE_A_WORD = Pattern.compile("(?<=\\s)(?=\\S)");

    private final TextSink sink;
    private final Pause pause;
    private long words;

    Speech(TextSink sink, Pause pause) {
        this.sink = sink;
        this.pause = pause;
    }

    void say(String text) throws InterruptedException {
        say(text, Duration.ZERO);
    }

    /** Each word with the space behind it, so that the pieces joined are the text; waits before each. */
    void say(String text, Duration beforeEach) throws InterruptedException {
        for (String word : BEFORE_A_WORD.splitAsStream(text).filter(piece -> !piece.isEmpty()).toList()) {
            if (beforeEach.isPositive()) {
                pause.pause(beforeEach);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("told to stop speaking");
            }
            sink.accept(word);
            words++;
        }
    }

    /** How many words a text has. */
    static long wordsOf(String text) {
        return BEFORE_A_WORD.splitAsStream(text).filter(word -> !word.isBlank()).count();
    }

    long words() {
        return words;
    }
}
