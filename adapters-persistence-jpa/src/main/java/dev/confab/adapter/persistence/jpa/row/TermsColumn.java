package dev.confab.adapter.persistence.jpa.row;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Terms;
import java.util.stream.Stream;

/** The columns that search uses: the owner's mark, which has an upper case letter as no term has, then the terms. */
public final class TermsColumn {
    private TermsColumn() {
    }

    public static String[] of(OwnerId owner, String text) {
        return Stream.concat(Stream.of(mark(owner)), Terms.of(text).stream()).toArray(String[]::new);
    }

    /** The same as an array literal of SQL: an array of arrays would have to be rectangular. */
    public static String literal(OwnerId owner, String text) {
        var literal = new StringBuilder("{");
        for (String term : of(owner, text)) {
            literal.append('"').append(term.replace("\\", "\\\\").replace("\"", "\\\"")).append("\",");
        }
        literal.setCharAt(literal.length() - 1, '}');
        return literal.toString();
    }

    public static String mark(OwnerId owner) {
        return "O:" + owner.value();
    }
}
