package dev.confab.adapter.assistant.offline;

import dev.confab.domain.port.Assistant.TextSink;
import java.time.Duration;
import java.util.regex.Pattern;

/** Writes texts to the sink word by word, and counts the words. Used for one answer, by one thread. */
final class WordWriter {
    private static final Pattern START_OF_WORD = Pattern.compile("(?<=\\s)(?=\\S)");

    private final TextSink sink;
    private final WordPause wordPause;
    private long words;

    /** Waits before a word of a slow answer. */
    @FunctionalInterface
    interface WordPause {
        void pause(Duration time) throws InterruptedException;
    }

    WordWriter(TextSink sink, WordPause wordPause) {
        this.sink = sink;
        this.wordPause = wordPause;
    }

    void write(String text) throws InterruptedException {
        write(text, Duration.ZERO);
    }

    /** Waits before each word. A word is written with the space after it, so that the pieces add up to the text. */
    void write(String text, Duration pauseBeforeWord) throws InterruptedException {
        for (String word : START_OF_WORD.splitAsStream(text).filter(piece -> !piece.isEmpty()).toList()) {
            if (pauseBeforeWord.isPositive()) {
                wordPause.pause(pauseBeforeWord);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while writing an answer");
            }
            sink.accept(word);
            words++;
        }
    }

    static long countWords(String text) {
        return START_OF_WORD.splitAsStream(text).filter(word -> !word.isBlank()).count();
    }

    long wordsWritten() {
        return words;
    }
}
