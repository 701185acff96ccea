package dev.confab.domain.query;

/**
 * The positions, without a gap, of the messages that a window selects. The answer may hold fewer because of {@link Window#MAX_BYTES}.
 *
 * @param last inclusive; {@code first - 1} when the range is empty
 * @param inWindow how many messages lie between the window's bounds, whatever its limit
 */
public record PositionRange(int first, int last, Window.Order order, int inWindow) {
    public static PositionRange of(Window window, int messageCount) {
        int first = Math.min(window.after(), messageCount) + 1;
        int last = Math.min(window.before() - 1, messageCount);
        int inWindow = Math.max(0, last - first + 1);
        int taken = Math.min(inWindow, window.limit());
        return switch (window.order()) {
            case ASCENDING -> new PositionRange(first, first + taken - 1, window.order(), inWindow);
            case DESCENDING -> new PositionRange(last - taken + 1, last, window.order(), inWindow);
        };
    }

    public boolean isEmpty() {
        return inWindow == 0;
    }

    /** @param index 0 for the first message of the answer */
    public int position(int index) {
        return switch (order) {
            case ASCENDING -> first + index;
            case DESCENDING -> last - index;
        };
    }
}
