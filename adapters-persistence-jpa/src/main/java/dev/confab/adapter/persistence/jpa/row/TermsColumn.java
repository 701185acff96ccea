package dev.confab.adapter.persistence.jpa.row;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.terms.Terms;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns that search uses: the terms, then the owner's mark, which has an upper case letter as no term has. Before
 * {@link Terms#VERSION} 2 the mark came first; the migration {@code V10} tells them apart by that.
 */
public final class TermsColumn {
    /** Up to so many, the function {@code message_words} has all of them. */
    public static final int INDEXED_TERMS = 3_400;
    /** What {@code message_words} has for a message with more terms than fit. */
    private static final String LONG = "*";

    private TermsColumn() {
    }

    public static String[] of(OwnerId owner, String text) {
        return of(owner.value(), text);
    }

    private static String[] of(String owner, String text) {
        return Stream.concat(Terms.of(text).stream(), Stream.of(mark(owner))).toArray(String[]::new);
    }

    /** The same as an array literal of SQL: an array of arrays would have to be rectangular. */
    public static String literal(OwnerId owner, String text) {
        return literal(owner.value(), text);
    }

    /** The same for an owner's name as a row has it. */
    public static String literal(String owner, String text) {
        var literal = new StringBuilder("{");
        for (String term : of(owner, text)) {
            literal.append('"').append(term.replace("\\", "\\\\").replace("\"", "\\\"")).append("\",");
        }
        literal.setCharAt(literal.length() - 1, '}');
        return literal.toString();
    }

    /**
     * A {@code tsquery} that finds the owner's rows by {@code message_words}: those with all terms, and one that begins with the prefix. It also
     * finds those that have too many terms for the index.
     */
    public static String query(OwnerId owner, Collection<String> terms, Optional<String> prefix) {
        String all = Stream.concat(terms.stream().map(TermsColumn::quoted),
                prefix.stream().map(start -> quoted(start) + ":*")).collect(Collectors.joining(" & "));
        return quoted(mark(owner)) + (all.isEmpty() ? "" : " & (" + quoted(LONG) + " | " + all + ")");
    }

    private static String quoted(String term) {
        return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    public static String mark(OwnerId owner) {
        return mark(owner.value());
    }

    private static String mark(String owner) {
        return "O:" + owner;
    }
}
