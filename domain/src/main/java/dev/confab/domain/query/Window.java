package dev.confab.domain.query;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;

/**
 * At most {@code limit} messages, 1..1000, at the positions between two exclusive bounds.
 *
 * @param after 0 for no lower bound
 * @param before {@link Integer#MAX_VALUE} for no upper bound
 * @param order ascending order starts at the lower bound, descending order at the upper bound
 */
public record Window(int after, int before, int limit, Order order) {
    public static final int MAX_LIMIT = 1_000;

    /** The maximum weight of a response ({@link Message#weight()}): it ends before the next message, but contains at least one. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    public enum Order {
        ASCENDING, DESCENDING
    }

    public Window {
        AnswerLimit.require(limit, MAX_LIMIT);
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

    /** The messages after a position. */
    public static Window after(int position, int limit) {
        return new Window(position, Integer.MAX_VALUE, limit, Order.ASCENDING);
    }

    /** The last messages, latest first. */
    public static Window last(int limit) {
        return new Window(0, Integer.MAX_VALUE, limit, Order.DESCENDING);
    }
}
