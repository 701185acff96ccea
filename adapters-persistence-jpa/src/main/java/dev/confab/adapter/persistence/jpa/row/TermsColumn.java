package dev.confab.adapter.persistence.jpa.row;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.terms.Terms;
import java.util.stream.Stream;

/**
 * The columns that search uses: the terms, then the owner's mark, which has an upper case letter as no term has. Before
 * {@link Terms#VERSION} 2 the mark came first; the migration {@code V10} tells them apart by that.
 */
public final class TermsColumn {
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

    public static String mark(OwnerId owner) {
        return mark(owner.value());
    }

    private static String mark(String owner) {
        return "O:" + owner;
    }
}
