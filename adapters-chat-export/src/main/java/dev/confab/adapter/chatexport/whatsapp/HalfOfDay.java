package dev.confab.adapter.chatexport.whatsapp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The half of the day that a clock of twelve hours names, in the languages of phones. */
enum HalfOfDay {
    BEFORE_NOON("am", "上午", "凌晨", "清晨", "早上", "午前", "오전", "ص", "صباحا", "قظ", "पूर्वाह्न", "πμ", "לפנהצ", "öö", "sa",
            "pg",
            "pagi", "fm", "ก่อนเที่ยง", "পূর্বাহ্ণ"), AFTER_NOON("pm", "下午", "中午", "傍晚", "晚上", "午後", "오후", "م", "مساء",
                    "بظ", "अपराह्न", "μμ", "אחהצ", "ös", "ch", "ptg", "petang",
                    "em", "หลังเที่ยง", "অপরাহ্ণ");

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{M}]");
    /** Vowel signs that Arabic may leave out. */
    private static final Pattern ARABIC_VOWELS = Pattern.compile("[\\u064B-\\u0652]");

    private final Pattern words;

    HalfOfDay(String... words) {
        this.words = Pattern.compile(String.join("|", words));
    }

    /** Empty for a word that names neither. */
    static Optional<HalfOfDay> of(String word) {
        String letters = ARABIC_VOWELS.matcher(NO_LETTERS.matcher(word).replaceAll("")).replaceAll("")
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(half -> half.words.matcher(letters).matches()).findFirst();
    }

    /** The hour of the day; an hour that only a clock of 24 hours has stays. */
    int hour(int onTheClock) {
        if (onTheClock > 12) {
            return onTheClock;
        }
        int hour = onTheClock % 12;
        return this == AFTER_NOON ? hour + 12 : hour;
    }
}
