package dev.confab.domain.terms;

import java.util.Random;

/** Makes random texts from characters that are hard for a tokenizer. */
final class RandomTexts {
    private static final String[] PARTS = {"a", "É", "ﬁ", " ", "'", ".", "_", "😀", "👨‍👩‍👧", "\u0301", "日", "本", "한",
            "글", "ß", "ẞ", "İ", "ı", "1", ",", "𐐀", "𐐨", "-", "\n", "שָׁ", "ﷺ", "🇫🇷", "Ab", "BC", "userName", "X",
            "ก", "รุ", "\u0E31", "カ", "ｶ", "ﾞ", "\u3099", "ー", "\u00AD", "\u200B", "\u200D", "\uFE0F", "é", "e\u0301",
            "ё", "й", "Σ", "ς", "हि", "ᄀ", "\u1161", "㍿", "½", "ㅋ", "👍🏽", "๓", "\u0345", "\u2028", "ǆ", "Ǆ", "ǅ"};

    private RandomTexts() {
    }

    static String next(Random random, int parts) {
        var text = new StringBuilder();
        for (int i = random.nextInt(parts); i > 0; i--) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return text.toString();
    }
}
