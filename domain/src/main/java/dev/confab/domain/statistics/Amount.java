package dev.confab.domain.statistics;

/** A number of messages and of the words in them. */
public record Amount(long messages, long words) {
    static final Amount NONE = new Amount(0, 0);

    Amount plus(Amount other) {
        return new Amount(messages + other.messages, words + other.words);
    }
}
