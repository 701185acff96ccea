package dev.confab.adapter.web.ui.markdown;

import java.util.Optional;

/**
 * An answer while it is being written. A block of Markdown is final once a blank line follows it outside of a code block; only the rest
 * after it is rendered again and again. So showing a long answer costs what its parts cost, not their number times its length.
 *
 * <p>A list whose items have blank lines between them is shown as several lists until the answer is complete, and a rest that grows
 * beyond {@link #MAX_REST} is cut at a line. The complete message replaces all of this.
 */
public final class GrowingAnswer {
    /** In characters. */
    private static final int MAX_REST = 16_384;
    private final StringBuilder rest = new StringBuilder();
    /** The first line of the code block that the rest begins in; empty if it begins in none. */
    private String fence = "";

    /** Adds what was written since the last call, and returns the HTML of the blocks that are final now. */
    public Optional<String> add(String written) {
        rest.append(written);
        int end = finalEnd();
        if (end == 0) {
            return Optional.empty();
        }
        String done = rest.substring(0, end);
        String html = Markdown.html(opened(done));
        fence = fenceAfter(fence, done);
        rest.delete(0, end);
        return Optional.of(html);
    }

    /** The HTML of the text after the last final block. The next call may return other HTML for the same text. */
    public String rest() {
        return Markdown.html(opened(rest.toString()));
    }

    public void clear() {
        rest.setLength(0);
        fence = "";
    }

    private String opened(String text) {
        return fence.isEmpty() ? text : fence + "\n" + text;
    }

    /** Where the last final block ends. */
    private int finalEnd() {
        String text = rest.toString();
        int end = 0;
        int lineStart = 0;
        String open = fence;
        for (int newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', lineStart)) {
            String line = text.substring(lineStart, newline);
            open = fenceAfter(open, line);
            lineStart = newline + 1;
            if (open.isEmpty() && line.isBlank()) {
                end = lineStart;
            }
        }
        return text.length() - end > MAX_REST && lineStart > end ? lineStart : end;
    }

    /** The opening line of the code block that is open after these lines. */
    private static String fenceAfter(String open, String lines) {
        String current = open;
        for (String line : lines.split("\n", -1)) {
            String stripped = line.strip();
            boolean isFence = stripped.startsWith("```") || stripped.startsWith("~~~");
            if (current.isEmpty() && isFence) {
                current = stripped;
            } else if (isFence && markLength(stripped) == stripped.length()
                    && stripped.charAt(0) == current.charAt(0) && stripped.length() >= markLength(current)) {
                current = "";
            }
        }
        return current;
    }

    private static int markLength(String fence) {
        int length = 0;
        while (length < fence.length() && fence.charAt(length) == fence.charAt(0)) {
            length++;
        }
        return length;
    }
}
