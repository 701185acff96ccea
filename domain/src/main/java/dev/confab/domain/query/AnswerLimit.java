package dev.confab.domain.query;

import dev.confab.domain.conversation.InvalidValue;

/**
 * Limits an answer to a number of items and to {@link Window#MAX_BYTES}. The first item is always admitted, so that a reader that
 * continues after the last item makes progress. Not thread-safe.
 */
public final class AnswerLimit {
    private final int maxItems;
    private int items;
    private long bytes;

    /** @param maxItems at least 1 */
    public AnswerLimit(int maxItems) {
        this.maxItems = maxItems;
    }

    /** Throws {@link InvalidValue} unless the limit of a query is 1..{@code max}. */
    static void require(int limit, int max) {
        if (limit < 1 || limit > max) {
            throw new InvalidValue("limit", "must be from 1 to " + max);
        }
    }

    /** Counts the next item, of a weight in bytes. After the first {@code false} the answer is full. */
    public boolean admits(int weight) {
        items++;
        bytes += weight;
        return items <= maxItems && (items == 1 || bytes <= Window.MAX_BYTES);
    }
}
