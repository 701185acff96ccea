package dev.confab.domain.terms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.TextRules;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermsTest {
    /** Much more than it takes, and far less than a time that grows with the square of the length. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void words_are_split_at_everything_but_letters_and_digits_and_kept_once() {
        assertThat(Terms.of("To be, or not to be — that's the question!")).containsExactly("to", "be", "or", "not",
                "that", "s", "the", "question");
        assertThat(Terms.of("user_name=a.b/c#d@e$f")).containsExactly("user", "name", "a", "b", "c", "d", "e", "f");
    }

    @ParameterizedTest
    @CsvSource({"ﬁne,fine", "Ｆｕｌｌ,full", "Å,a", "ÉTÉ,ete", "ΣΊΣΥΦΟΣ,σισυφοσ", "σίσυφος,σισυφοσ", "İ,i", "ı,i", "ẞ,ss",
            "Łódź,lodz", "Đà,da", "Ærø,aero", "Œuvre,oeuvre", "Ёж,еж", "май,май", "Ⅳ,iv", "٣٤,34", "ｸﾞ,グ", "x²,x2",
            "كـــتاب,كتاب", "أحمد,احمد", "soft\u00ADhyphen,softhyphen", "re\u0301sume\u0301,resume"})
    void a_word_is_folded(String word, String term) {
        assertThat(Terms.of(word)).contains(term);
    }

    @Test
    void a_mark_that_makes_another_word_stays() {
        assertThat(Terms.of("हिन्दी")).isNotEqualTo(Terms.of("हन्द"));
        assertThat(Terms.of("カ")).isNotEqualTo(Terms.of("ガ"));
        assertThat(Terms.of("мои")).isNotEqualTo(Terms.of("мой"));
        assertThat(Terms.of("รุ")).isNotEqualTo(Terms.of("รู"));
    }

    @Test
    void composed_and_decomposed_letters_are_the_same_term() {
        assertThat(Terms.of("Cafe\u0301")).isEqualTo(Terms.of("CAF\u00C9"));
        assertThat(Terms.of("ガ")).isEqualTo(Terms.of("カ\u3099"));
        assertThat(Terms.of("한")).isEqualTo(Terms.of("\u1112\u1161\u11AB"));
    }

    @Test
    void case_does_not_depend_on_the_default_locale() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr"));
            assertThat(Terms.of("TITLE")).containsExactly("title");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void an_identifier_has_its_parts_and_up_to_three_successive_ones() {
        assertThat(Terms.of("getUserName")).containsExactlyInAnyOrder("get", "getuser", "getusername", "user",
                "username", "name");
        assertThat(Terms.of("HTTPServer")).containsExactlyInAnyOrder("http", "httpserver", "server");
        assertThat(Terms.of("aBcDeFgHi")).contains("abcdefghi", "abcde", "bcdefg").doesNotContain("abcdefg");
        assertThat(Terms.of("H2O utf8 Übung ÉTÉ")).containsExactly("h2o", "utf8", "ubung", "ete");
    }

    @Test
    void scripts_without_spaces_have_characters_and_pairs() {
        assertThat(Terms.of("上海東")).containsExactly("上", "海", "上海", "東", "海東");
        assertThat(Terms.of("上。海")).containsExactly("上", "海");
        assertThat(Terms.of("กรุง")).containsExactly("ก", "รุ", "กรุ", "ง", "รุง");
        assertThat(Terms.of("使用iPhone手机")).containsExactlyInAnyOrder("使", "用", "使用", "i", "iphone", "phone", "手", "机",
                "手机");
    }

    @Test
    void an_emoji_is_a_character_and_its_joiners_and_variation_selectors_are_not_there() {
        assertThat(Terms.of("👨‍👩‍👧")).containsExactly("👨", "👩", "👨👩", "👧", "👩👧");
        assertThat(Terms.of("❤️")).isEqualTo(Terms.of("❤")).containsExactly("❤");
        assertThat(Terms.of("🇫🇷🇩🇪")).containsExactly("🇫🇷", "🇩🇪", "🇫🇷🇩🇪");
        assertThat(Terms.of("ok👍🏽ok")).containsExactly("ok", "👍", "🏽", "👍🏽");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "...", "—!?", "()", "\u200B", "\u0301", "\u200D", "\uFE0F", "\u0E31"})
    void space_and_punctuation_are_no_words(String text) {
        assertThat(Terms.of(text)).isEmpty();
    }

    @Test
    void a_term_is_cut_to_100_characters_and_such_a_word_has_no_parts() {
        assertThat(Terms.of("a".repeat(100))).containsExactly("a".repeat(100));
        assertThat(Terms.of("a".repeat(101))).containsExactly("a".repeat(100));
        assertThat(Terms.of("aB".repeat(51))).containsExactly("ab".repeat(50));
    }

    @Test
    void the_cut_never_halves_a_surrogate_pair() {
        String deseret = "𐐨"; // a letter of two chars

        assertThat(Terms.of("a" + deseret.repeat(80))).allSatisfy(term -> {
            assertThat(term.length()).isEqualTo(99);
            assertThat(TextRules.text("term", term)).isEqualTo(term);
        });
    }

    @Test
    void a_term_that_grows_when_it_is_folded_is_cut_after_that() {
        assertThat(Terms.of("ﬃ".repeat(50))).containsExactly("ffi".repeat(33) + "f");
        assertThat(Terms.of("ﷺ")).containsExactly("صلى", "الله", "عليه", "وسلم");
    }

    @Test
    void a_term_is_short_and_has_no_upper_case_and_finds_its_text() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            String text = RandomTexts.next(random, 20);
            for (String term : Terms.of(text)) {
                String as = "seed %d, round %d: %s in %s".formatted(seed, round, term, text);
                assertThat(term).as(as).isNotEmpty().hasSizeLessThanOrEqualTo(Terms.MAX_TERM_LENGTH);
                assertThat(term.chars().noneMatch(c -> c >= 'A' && c <= 'Z')).as(as).isTrue();
                assertThat(TextRules.text("term", term)).isEqualTo(term);
                assertThat(Phrases.of(term, false).matches(text)).as(as).isTrue();
            }
        }
    }

    @Test
    void the_time_grows_with_the_length_of_the_text_and_not_faster() {
        String words = "lorem ipsum dolor ".repeat(Message.MAX_TEXT_BYTES / 18);
        assertThat(cpuTime(() -> assertThat(Terms.of(words)).hasSize(3))).isLessThan(LIMIT);
        for (String unit : List.of("a", "é", "日", "日本", "😀", "नमस्ते", "\u0301a", "1,", "aB", "ก\u0E31", "\u0301",
                "\u0301\u0316", "\u0E31", "a\u0301\u0316\u0301\u0316", "\u200D", "🇫", "ｶﾞ", "ᄀ\u1161", "A", "Aa ",
                "ﷺ")) {
            String text = "a" + unit.repeat(Message.MAX_TEXT_BYTES / unit.length() / 4);
            assertThat(cpuTime(() -> assertThat(Terms.of(text)).as(unit).isNotEmpty())).as(unit).isLessThan(LIMIT);
        }
    }

    /** Of this thread alone: on a busy machine the same work takes much longer by the clock. */
    private static Duration cpuTime(Runnable work) {
        var thread = ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(thread.getCurrentThreadCpuTime() - before);
    }
}
