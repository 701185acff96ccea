package dev.confab.adapter.web.ui.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bars of one kind, all of the same colour: what a bar stands for is written beside it, so nobody needs to tell colours apart.
 *
 * @param id unique in the page
 * @param shape {@code rows} or {@code columns}
 * @param description what it shows, in a sentence, for those who do not see it
 * @param labelName what the labels are, in the head of the table; {@code valueName} the same of the values
 * @param width in units of the drawing, which is scaled to the page; so are all places in it
 */
public record Chart(String id, String shape, String title, String description, String labelName, String valueName,
        int width,
        int height, List<Bar> bars, List<Entry> entries) {
    private static final int WIDTH = 640;
    private static final int ROW = 22;
    private static final int LABELS = 170;
    private static final int VALUES = 70;
    private static final int PLOT_HEIGHT = 150;
    private static final int LINE = 18;
    /** Half of a letter's width, about. */
    private static final int HALF_LETTER = 4;
    /** More labels below columns would run into each other. */
    private static final int MOST_LABELS = 12;
    /** More values above columns would too. */
    private static final int MOST_VALUES = 24;
    private static final int LONGEST_LABEL = 22;

    /**
     * @param label empty where there is no room for it
     * @param value empty where there is no room for it
     * @param hint both, shown when a pointer rests on the bar
     * @param labelX where the label ends in a row, and its middle below a column
     */
    public record Bar(String label, String value, String hint, int x, int y, int width, int height, int labelX,
            int labelY, int valueX, int valueY) {
    }

    public Chart {
        bars = List.copyOf(bars);
        entries = List.copyOf(entries);
    }

    /** One row below the other, in the order given: for names and words. */
    static Chart rows(String id, String title, String labelName, String valueName, List<Entry> entries) {
        long greatest = greatest(entries);
        var bars = new ArrayList<Bar>();
        for (Entry entry : entries) {
            int y = bars.size() * ROW;
            int length = scaled(entry.value(), greatest, WIDTH - LABELS - VALUES);
            bars.add(new Bar(cut(entry.label()), number(entry.value()), hint(entry), LABELS, y + 3, length, ROW - 6,
                    LABELS - 8, y + 16, LABELS + length + 6, y + 16));
        }
        return new Chart(id, "rows", title, description(labelName, valueName, entries), labelName, valueName, WIDTH,
                Math.max(ROW, bars.size() * ROW), bars, entries);
    }

    /** One column beside the other, in the order given: for what follows in time. */
    static Chart columns(String id, String title, String labelName, String valueName, List<Entry> entries) {
        long greatest = greatest(entries);
        int number = Math.max(1, entries.size());
        int labelled = (number + MOST_LABELS - 1) / MOST_LABELS;
        var bars = new ArrayList<Bar>();
        for (Entry entry : entries) {
            int i = bars.size();
            int x = i * WIDTH / number;
            int room = (i + 1) * WIDTH / number - x;
            int height = scaled(entry.value(), greatest, PLOT_HEIGHT);
            int top = LINE + PLOT_HEIGHT - height;
            // The labels of the first and the last column stay inside.
            int half = HALF_LETTER * entry.label().length();
            int labelX = Math.clamp(x + room / 2, half, Math.max(half, WIDTH - half));
            bars.add(new Bar(i % labelled == 0 ? entry.label() : "",
                    number <= MOST_VALUES && entry.value() > 0 ? number(entry.value()) : "", hint(entry),
                    x, top, Math.max(1, room - (room > 4 ? 2 : 0)), height, labelX, LINE + PLOT_HEIGHT + LINE - 3,
                    x + room / 2, top - 4));
        }
        return new Chart(id, "columns", title, description(labelName, valueName, entries), labelName, valueName, WIDTH,
                PLOT_HEIGHT + 2 * LINE, bars, entries);
    }

    private static long greatest(List<Entry> entries) {
        return entries.stream().mapToLong(Entry::value).max().orElse(0);
    }

    /** At least 1 for what is not 0, so that it can be seen. */
    private static int scaled(long value, long greatest, int room) {
        return value == 0 ? 0 : (int) Math.max(1, Math.round((double) value / greatest * room));
    }

    private static String description(String labelName, String valueName, List<Entry> entries) {
        return entries.stream().reduce((one, other) -> other.value() > one.value() ? other : one)
                .map(most -> valueName + " by " + labelName.toLowerCase(Locale.ROOT) + ". The most are "
                        + number(most.value()) + ": " + most.label() + ".")
                .orElse("There is nothing to show.");
    }

    private static String hint(Entry entry) {
        return entry.label() + ": " + number(entry.value());
    }

    private static String number(long value) {
        return String.format(Locale.ENGLISH, "%,d", value);
    }

    private static String cut(String label) {
        return label.codePointCount(0, label.length()) <= LONGEST_LABEL
                ? label
                : label.substring(0, label.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
    }
}
