package dev.confab.adapter.persistence.jpa;

import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Terms;
import java.util.stream.Stream;

/** The columns that search looks at: the owner's mark, then the text's terms. No term has an upper case letter, so none is a mark. */
final class TermsColumn {
    private TermsColumn() {
    }

    static String[] of(OwnerId owner, String text) {
        return Stream.concat(Stream.of(mark(owner)), Terms.of(text).stream()).toArray(String[]::new);
    }

    static String mark(OwnerId owner) {
        return "O:" + owner.value();
    }
}
