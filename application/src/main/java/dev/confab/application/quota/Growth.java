package dev.confab.application.quota;

/**
 * What a transaction adds to its owner's usage, or takes from it if a number is negative.
 *
 * @param removes whether it removed something whose size is not counted here, so that the usage should be read again
 */
record Growth(long conversations, long bytes, boolean removes) {
    static final Growth NONE = new Growth(0, 0, false);
}
