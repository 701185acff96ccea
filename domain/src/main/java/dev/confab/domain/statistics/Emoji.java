package dev.confab.domain.statistics;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds emoji in texts. One that is made of several characters, as a flag or a family, is one. */
final class Emoji {
    private static final int FIRST_SYMBOL = 0x2600;
    private static final int AS_EMOJI = 0xFE0F;
    private static final int AS_TEXT = 0xFE0E;
    private static final int KEYCAP = 0x20E3;
    private static final int FIRST_NOT_LATIN = 0x100;

    private Emoji() {
    }

    /** All of them, in the order of the text. */
    static List<String> in(String text) {
        if (!mayHave(text)) {
            return List.of();
        }
        var found = new ArrayList<String>();
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        int start = characters.first();
        for (int end = characters.next(); end != BreakIterator.DONE; end = characters.next()) {
            String character = text.substring(start, end);
            if (isEmoji(character)) {
                found.add(withPresentation(character));
            }
            start = end;
        }
        return List.copyOf(found);
    }

    private static boolean mayHave(String text) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i) < FIRST_NOT_LATIN ? 0 : text.codePointAt(i);
            if (c != 0 && (Character.isEmoji(c) || c == KEYCAP)) {
                return true;
            }
        }
        return false;
    }

    /** Digits and signs such as © are emoji only if they are marked as such; older symbols, as ❤, unless they are marked as text. */
    private static boolean isEmoji(String character) {
        int first = character.codePointAt(0);
        return Character.isEmojiPresentation(first) && character.indexOf(AS_TEXT) < 0
                || Character.isEmoji(first) && (character.indexOf(AS_EMOJI) > 0 || character.indexOf(KEYCAP) > 0
                        || first >= FIRST_SYMBOL && character.indexOf(AS_TEXT) < 0);
    }

    /** The same emoji is typed with and without the mark that says it is one. */
    private static String withPresentation(String character) {
        int first = character.codePointAt(0);
        boolean isBare = character.length() == Character.charCount(first) && !Character.isEmojiPresentation(first);
        return isBare ? character + Character.toString(AS_EMOJI) : character;
    }
}
