package dev.confab.adapter.web.api;

import dev.confab.domain.query.Window;
import dev.confab.domain.query.Window.Order;
import java.util.Optional;

/**
 * Which messages a request asks for. A cursor holds the window it goes on in, its bounds included, so that the bounds may be
 * repeated with it or left out, but not changed.
 */
final class MessageWindows {
    private static final int DEFAULT_LIMIT = 100;
    private final Cursors cursors;

    MessageWindows(Cursors cursors) {
        this.cursors = cursors;
    }

    Window of(Query query, String listing) {
        Order order = switch (query.text("order").orElse("asc")) {
            case "asc" -> Order.ASCENDING;
            case "desc" -> Order.DESCENDING;
            default -> throw ApiException.invalid("order: is neither asc nor desc");
        };
        int limit = query.integer("limit").orElse(DEFAULT_LIMIT);
        Optional<Integer> after = query.integer("after");
        Optional<Integer> before = query.integer("before");
        Optional<String> place = cursors.open(listing + " " + order, query.text("cursor"));
        if (place.isEmpty()) {
            return new Window(after.orElse(0), before.orElse(Integer.MAX_VALUE), limit, order);
        }
        int[] parts = java.util.Arrays.stream(place.get().split(" ", -1)).mapToInt(Integer::parseInt).toArray();
        if (after.orElse(parts[1]) != parts[1] || before.orElse(parts[2]) != parts[2]) {
            throw Cursors.invalid();
        }
        return order == Order.ASCENDING
                ? new Window(parts[0], parts[2], limit, order)
                : new Window(parts[1], parts[0], limit, order);
    }

    /** The cursor of the window that follows, beyond the last position given. */
    String next(String listing, Window window, int last) {
        return cursors.seal(listing + " " + window.order(), last + " " + window.after() + " " + window.before());
    }
}
