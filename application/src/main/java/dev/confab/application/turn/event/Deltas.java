package dev.confab.application.turn.event;

import dev.confab.application.TurnEvents.TurnEvent.Delta;
import java.util.Arrays;

/** The deltas of one step, held as one text and where each ends: an assistant that says a character at a time costs little. */
final class Deltas implements LogPart {
    private final long before;
    private final StringBuilder text = new StringBuilder();
    private int[] ends = new int[16];
    private int count;

    /** @param before the id before the first one's */
    Deltas(long before) {
        this.before = before;
    }

    void add(String delta) {
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        text.append(delta);
        ends[count++] = text.length();
    }

    @Override
    public long lastId() {
        return before + count;
    }

    @Override
    public Delta get(long id) {
        int index = (int) (id - before - 1);
        return new Delta(id, text.substring(index == 0 ? 0 : ends[index - 1], ends[index]));
    }

    @Override
    public long bytes() {
        return 2L * text.capacity() + 4L * ends.length;
    }
}
