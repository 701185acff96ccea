package dev.confab.adapter.web.conversation;

import dev.confab.adapter.web.request.Cursors;
import dev.confab.adapter.web.request.PageRequest;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.query.Window.Order;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a request asks for. A cursor contains the bounds of its listing: a request may repeat them or leave them out, but not
 * change them.
 */
record MessageListing(ConversationId conversation, OwnerId owner, Order order, PageRequest page) {
    private static final int DEFAULT_LIMIT = 100;

    /** Both bounds are exclusive positions. */
    Window window(Optional<Integer> after, Optional<Integer> before) {
        int limit = page.limitOr(DEFAULT_LIMIT);
        Optional<int[]> place = page.after(name(), MessageListing::numbers);
        if (place.isEmpty()) {
            return new Window(after.orElse(0), before.orElse(Integer.MAX_VALUE), limit, order);
        }
        int last = place.get()[0];
        int lower = place.get()[1];
        int upper = place.get()[2];
        if (after.orElse(lower) != lower || before.orElse(upper) != upper) {
            throw Cursors.invalid();
        }
        return order == Order.ASCENDING ? new Window(last, upper, limit, order) : new Window(lower, last, limit, order);
    }

    /** The cursor of the page after the one read, or null when that is the last one. */
    @Nullable
    String next(ConversationWindow read, Window window) {
        return read.more()
                ? page.next(name(), read.messages().getLast().position(), window.after(), window.before())
                : null;
    }

    private String name() {
        return "messages of " + conversation + " of " + owner + " " + order;
    }

    private static int[] numbers(String[] place) {
        return Arrays.stream(place).mapToInt(Integer::parseInt).toArray();
    }
}
