package dev.confab.domain.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void a_word_keeps_its_accents_and_loses_its_case() {
        assertThat(Words.of("Straße, schon SCHÖN: getUserName don't user2 2026").used()).containsExactly("straße",
                "schon", "schön", "getusername", "don", "t", "user2");
        assertThat(Words.of("Straße, schon SCHÖN: getUserName don't user2 2026").count()).isEqualTo(8);
        assertThat(Words.of("scho\u0308n").used()).containsExactly("schön");
    }

    @Test
    void where_no_space_separates_words_each_character_counts_and_pairs_are_used() {
        assertThat(Words.of("東京都 と")).isEqualTo(new Words(4, List.of("東京", "京都", "と")));
        assertThat(Words.of("สวัสดี").count()).isPositive();
    }

    @Test
    void emoji_signs_and_endless_words_are_no_words_to_show() {
        assertThat(Words.of("🌊 ❤️ 🇩🇰 … — 42")).isEqualTo(new Words(1, List.of()));
        assertThat(Words.of("東🌊京").used()).containsExactly("東", "京");
        assertThat(Words.of("x".repeat(10_000))).isEqualTo(new Words(1, List.of()));
        assertThat(Words.of("")).isEqualTo(new Words(0, List.of()));
    }
}
