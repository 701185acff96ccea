package dev.confab.adapter.persistence.contract.sample;

import dev.confab.domain.conversation.Message;
import java.util.List;
import java.util.stream.Stream;

/** Texts that some stores change: control characters, combining characters, emoji, and the longest possible ones. */
public final class EdgeCaseTexts {
    public static final String ONE_WORD_OF_1_MIB = "x".repeat(Message.MAX_TEXT_BYTES);
    public static final String WORDS_OF_1_MIB = "word ".repeat(Message.MAX_TEXT_BYTES / 5);
    public static final String EMOJI_OF_1_MIB = "😀".repeat(Message.MAX_TEXT_BYTES / 4);

    public static final List<String> SHORT = List.of("", " ", "\n",
            "\r\n line \r separators \u2028 and \u2029 \u0085 \f \u000b",
            "\ttab \u0001\u0002\u001f\u007f\u009f controls", "👩‍👩‍👧‍👦 family, 🏳️‍🌈 flag, 🇩🇪, 👍🏽, 😀",
            "e\u0301 is not é, and q\u0307\u0323 is not q\u0323\u0307", "Z̸͓̑a̷͎̎l̶̰͝g̵̢̛o̴̙͘",
            "עברית and العربية, \u202Eforced\u202C and \u2067isolated\u2069",
            "日本語 한국어 ไทย हिन्दी ßẞ ıİ Ǆ ﬁ", "\uFEFFbyte order mark, \uFFFE and \uFFFF are no characters, \uFFFD",
            "𐀀 first and \uDBFF\uDFFF last of the supplementary planes",
            "\"quotes\" 'and' \\backslashes\\ \\u0041 \\n </script> <!-- & ; -- %s {} ${x} '; DROP TABLE",
            "{\"json\":[1,2,{\"a\":null}]}", "zero\u200Bwidth\u200D\u2060 soft\u00ADhyphen nbsp\u00A0",
            "trailing space ");

    public static final List<String> ALL = Stream.concat(SHORT.stream(),
            Stream.of(ONE_WORD_OF_1_MIB, WORDS_OF_1_MIB, EMOJI_OF_1_MIB)).toList();

    /** Strings that the domain must reject. */
    public static final List<String> NOT_TEXT = List.of("\u0000", "a\u0000b", "\uD83D", "\uDE00", "\uDE00\uD83D",
            "end \uD83D", "\uD83D\uD83D\uDE00");

    private EdgeCaseTexts() {
    }

    /** The first code points of the text. */
    public static String cut(String text, int length) {
        return text.codePoints().limit(length)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
