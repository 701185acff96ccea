package dev.confab.domain.query;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;

/**
 * Which messages to read: at most {@code limit} of those at positions between the bounds, both exclusive, from the end that
 * {@code order} names first.
 *
 * @param after 0 for no bound
 * @param before {@link Integer#MAX_VALUE} for no bound
 * @param limit 1..1000
 */
public record Window(int after, int before, int limit, Order order) {
    public static final int MAX_LIMIT = 1_000;

    /** An answer ends early once its messages weigh more than this ({@link Message#weight()}), but never before its first message. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    public enum Order {
        ASCENDING, DESCENDING
    }

    public Window {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidValue("limit", "must be from 1 to " + MAX_LIMIT);
        }
        if (after < 0) {
            throw new InvalidValue("after", "must not be negative");
        }
        if (before < 1) {
            throw new InvalidValue("before", "must be at least 1");
        }
    }

    /** The first messages. */
    public static Window first(int limit) {
        return after(0, limit);
    }

    /** The messages that follow a position. */
    public static Window after(int position, int limit) {
        return new Window(position, Integer.MAX_VALUE, limit, Order.ASCENDING);
    }

    /** The last messages, the latest first. */
    public static Window last(int limit) {
        return new Window(0, Integer.MAX_VALUE, limit, Order.DESCENDING);
    }
}
