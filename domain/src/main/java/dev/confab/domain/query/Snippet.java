package dev.confab.domain.query;

import dev.confab.domain.terms.Phrases;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a text, about 160 characters, around the first place that matches. All stores use it and so return the same.
 *
 * @param text with "…" where text is left out
 */
public record Snippet(String text, List<Match> matches) {
    private static final int BEFORE = 40;
    private static final int LENGTH = 160;

    /** A place in the snippet that matches: words that follow each other in the query are one. UTF-16 offsets, the end exclusive. */
    public record Match(int start, int end) {
    }

    public Snippet {
        matches = List.copyOf(matches);
    }

    public static Snippet of(String source, SearchQuery query) {
        List<Phrases.Place> found = query.phrases().find(source);
        int first = found.isEmpty() ? 0 : found.getFirst().start();
        int start = boundary(source, Math.max(0, first - BEFORE));
        int end = boundary(source, Math.min(source.length(), start + LENGTH));
        String head = start > 0 ? "…" : "";
        String tail = end < source.length() ? "…" : "";
        var matches = new ArrayList<Match>();
        for (Phrases.Place place : found) {
            if (place.start() >= start && place.start() < end) {
                int shift = head.length() - start;
                matches.add(new Match(place.start() + shift, Math.min(place.end(), end) + shift));
            }
        }
        return new Snippet(head + source.substring(start, end) + tail, matches);
    }

    /** The offset, or the one before it if it is between the halves of a surrogate pair. */
    private static int boundary(String text, int offset) {
        boolean inPair = offset > 0 && offset < text.length() && Character.isLowSurrogate(text.charAt(offset))
                && Character.isHighSurrogate(text.charAt(offset - 1));
        return inPair ? offset - 1 : offset;
    }
}
