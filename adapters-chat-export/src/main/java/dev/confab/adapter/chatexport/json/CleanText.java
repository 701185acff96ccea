package dev.confab.adapter.chatexport.json;

/** Makes texts well-formed: no store keeps U+0000 or a lone surrogate. Counts what it replaces by U+FFFD. */
public final class CleanText {
    private static final char REPLACEMENT = '\uFFFD';

    private long replaced;

    public String clean(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                clean = clean == null ? new StringBuilder(text) : clean;
                clean.setCharAt(i, REPLACEMENT);
                replaced++;
            }
        }
        return clean == null ? text : clean.toString();
    }

    /** How many characters were replaced. */
    public long replaced() {
        return replaced;
    }
}
