package dev.confab.adapter.assistant.openai.token;

import dev.confab.domain.conversation.TextRules;

/** Counts the tokens of a text. */
@FunctionalInterface
interface TextCounter {
    /**
     * One token for three bytes of UTF-8. English has about 4 in the encodings of current models, German and Russian 4 to 5, Chinese and
     * Japanese 3 to 4, source code 3: so it is rather too many than too few.
     */
    TextCounter BY_LENGTH = (text, _) -> (TextRules.utf8Length(text) + 2) / 3;

    /** Counting may stop when the limit is exceeded: the result is then any number above it. */
    int count(String text, int limit);
}
