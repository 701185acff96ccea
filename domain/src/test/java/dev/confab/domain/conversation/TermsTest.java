package dev.confab.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermsTest {
    /** Much more than it takes, and far less than a time that grows with the square of the length. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void words_are_split_at_space_and_punctuation_and_kept_once() {
        assertThat(Terms.of("To be, or not to be — that's the question!")).containsExactly("to", "be", "or", "not",
                "that's", "the", "question");
    }

    @ParameterizedTest
    @CsvSource({"ﬁne,fine", "Ｆｕｌｌ,full", "Å,å", "ÉTÉ,été", "ΣΊΣΥΦΟΣ,σίσυφος", "İ,i̇"})
    void a_term_is_NFKC_in_lower_case(String word, String term) {
        assertThat(Terms.of(word)).containsExactly(term);
    }

    @Test
    void composed_and_decomposed_letters_are_the_same_term() {
        assertThat(Terms.of("Cafe\u0301")).isEqualTo(Terms.of("CAF\u00C9"));
    }

    @Test
    void case_does_not_depend_on_the_default_locale() {
        var before = java.util.Locale.getDefault();
        try {
            java.util.Locale.setDefault(java.util.Locale.of("tr"));
            assertThat(Terms.of("TITLE")).containsExactly("title");
        } finally {
            java.util.Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"😀", "👨‍👩‍👧", "👍🏽", "🇫🇷", "日本", "שלום", "नमस्ते"})
    void an_emoji_and_a_word_of_any_script_are_found_again(String word) {
        assertThat(Terms.of(word)).isNotEmpty();
        assertThat(Terms.of("before " + word + " after")).containsAll(Terms.of(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"❤️", "❤", "☀️", "✈︎", "☎"})
    void an_emoji_that_is_a_symbol_by_default_is_a_word_with_and_without_its_variation_selector(String emoji) {
        assertThat(Terms.of("I " + emoji + " it")).containsExactly("i", emoji.substring(0, 1), "it");
    }

    @Test
    void an_emoji_joined_to_another_is_the_same_term_as_alone() {
        assertThat(Terms.of("👨‍👩‍👧")).containsExactly("👨", "👩", "👧");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "...", "—!?", "()", "\u200B", "\u0301"})
    void space_and_punctuation_are_no_words(String text) {
        assertThat(Terms.of(text)).isEmpty();
    }

    @Test
    void a_term_is_cut_to_100_characters() {
        assertThat(Terms.of("a".repeat(100))).containsExactly("a".repeat(100));
        assertThat(Terms.of("a".repeat(101))).containsExactly("a".repeat(100));
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
    void a_term_that_grows_in_NFKC_is_cut_after_that() {
        String ligature = "ﷺ"; // 18 characters in NFKC

        assertThat(Terms.of(ligature.repeat(20))).allSatisfy(
                term -> assertThat(term.length()).isLessThanOrEqualTo(Terms.MAX_TERM_LENGTH));
    }

    @Test
    void a_term_is_its_own_term_and_words_stand_where_they_say() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            String text = randomText(random);
            int end = 0;
            for (Terms.Word word : Terms.words(text)) {
                assertThat(word.start()).as("seed %d, round %d", seed, round).isGreaterThanOrEqualTo(end);
                assertThat(word.end()).isBetween(word.start() + 1, text.length());
                assertThat(word.term()).isNotEmpty();
                assertThat(word.term().length()).isLessThanOrEqualTo(Terms.MAX_TERM_LENGTH);
                assertThat(TextRules.text("term", word.term())).isEqualTo(word.term());
                end = word.end();
            }
            assertThat(Terms.of(text))
                    .containsExactlyElementsOf(Terms.words(text).stream().map(Terms.Word::term).distinct().toList());
        }
    }

    @Test
    void one_MiB_of_words_and_one_word_of_one_MiB_take_no_time_worth_naming() {
        String words = "lorem ipsum dolor ".repeat(Message.MAX_TEXT_BYTES / 18);
        assertThat(cpuTime(() -> assertThat(Terms.words(words)).hasSizeGreaterThan(100_000))).isLessThan(LIMIT);
        for (String unit : new String[]{"a", "é", "日", "😀", "नमस्ते", "\u0301a", "1,"}) {
            String text = unit.repeat(Message.MAX_TEXT_BYTES / unit.length() / 4);
            assertThat(cpuTime(() -> assertThat(Terms.of(text)).as(unit).isNotEmpty())).isLessThan(LIMIT);
        }
    }

    /** Of this thread alone: on a busy machine the same work takes much longer by the clock. */
    private static Duration cpuTime(Runnable work) {
        var thread = ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(thread.getCurrentThreadCpuTime() - before);
    }

    private static String randomText(Random random) {
        String[] parts = {"a", "É", "ﬁ", " ", "'", ".", "😀", "👨‍👩‍👧", "\u0301", "日", "한", "ß", "İ", "1", ",", "𐐀",
                "-", "\n",
                "שלום", "ﷺ", "🇫🇷"};
        var text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
