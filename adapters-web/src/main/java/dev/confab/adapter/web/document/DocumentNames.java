package dev.confab.adapter.web.document;

import dev.confab.domain.conversation.Conversation;

/** Names of files that every system can store. */
public final class DocumentNames {
    private static final int LONGEST_TITLE = 60;

    private DocumentNames() {
    }

    /** @param distinction what tells it apart from others of the same title */
    public static String fileName(Conversation head, String distinction, DocumentFormat format) {
        String plain = Document.title(head).replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", " ")
                .replaceAll("^[. ]+|[. ]+$", "");
        String title = plain.codePointCount(0, plain.length()) <= LONGEST_TITLE
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST_TITLE)).strip();
        return (title.isEmpty() ? "Conversation" : title) + distinction + format.extension();
    }
}
