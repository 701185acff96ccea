package dev.confab.domain.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnippetTest {
    @Test
    void a_short_text_is_shown_whole_with_the_words_found() {
        var snippet = Snippet.of("Lorem ipsum, LOREM!", query("lorem", false));

        assertThat(snippet.text()).isEqualTo("Lorem ipsum, LOREM!");
        assertThat(found(snippet)).containsExactly("Lorem", "LOREM");
    }

    @Test
    void a_long_text_is_cut_around_the_first_word_found() {
        var snippet = Snippet.of("x ".repeat(500) + "needle" + " y".repeat(500), query("NEEDLE", false));

        assertThat(snippet.text()).startsWith("…").endsWith("…").hasSize(162);
        assertThat(found(snippet)).containsExactly("needle");
    }

    @Test
    void a_prefix_finds_the_whole_word_and_only_the_last_term_is_one() {
        var snippet = Snippet.of("searching sea seal", query("seal sea", true));

        assertThat(found(snippet)).containsExactly("searching", "sea", "seal");
        assertThat(found(Snippet.of("seals sea", query("seal sea", true)))).containsExactly("seals", "sea");
        assertThat(found(Snippet.of("seals season", query("seals seal", true)))).containsExactly("seals");
    }

    @Test
    void without_a_word_found_the_text_begins_at_its_beginning() {
        var snippet = Snippet.of("a".repeat(300), query("nothing", false));

        assertThat(snippet.text()).isEqualTo("a".repeat(160) + "…");
        assertThat(snippet.matches()).isEmpty();
    }

    @Test
    void a_word_longer_than_the_snippet_is_cut_with_its_match() {
        var snippet = Snippet.of("w".repeat(1_000), query("w".repeat(500), false));

        assertThat(snippet.matches()).containsExactly(new Snippet.Match(0, 160));
    }

    @Test
    void offsets_point_at_found_words_and_no_surrogate_pair_is_cut() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        String[] parts = {"find", "FIND", "other", "😀", "𐐀𐐀", " ", "  ", ". ", "\n", "é", "日本", "👨‍👩‍👧 "};
        for (int round = 0; round < 3_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(150); i > 0; i--) {
                text.append(parts[random.nextInt(parts.length)]).append(random.nextBoolean() ? " " : "");
            }
            String source = text.toString();
            var query = query(random.nextBoolean() ? "find" : "𐐨𐐨 other", random.nextBoolean());
            var snippet = Snippet.of(source, query);
            String as = "seed " + seed + ", round " + round + ": " + source;

            assertThat(snippet.text()).as(as).matches(SnippetTest::isWellFormed);
            String inner = snippet.text().replaceAll("^…|…$", "");
            assertThat(source).as(as).contains(inner);
            int end = 0;
            for (Snippet.Match match : snippet.matches()) {
                assertThat(match.start()).as(as).isGreaterThanOrEqualTo(end);
                assertThat(match.end()).as(as).isGreaterThan(match.start())
                        .isLessThanOrEqualTo(snippet.text().length());
                end = match.end();
            }
            List<String> whole = found(snippet).stream().limit(Math.max(0, snippet.matches().size() - 1L)).toList();
            assertThat(whole).as(as).allMatch(word -> Stream.of(query.text().split(" "))
                    .anyMatch(part -> query(part, query.prefix()).matches(word)));
        }
    }

    @Test
    void a_text_of_1_MiB_makes_a_snippet_as_short_as_any() {
        assertThat(Snippet.of("word ".repeat(200_000) + "needle", query("needle", false)).text()).hasSize(47);
    }

    private static List<String> found(Snippet snippet) {
        return snippet.matches().stream().map(match -> snippet.text().substring(match.start(), match.end())).toList();
    }

    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }

    private static SearchQuery query(String text, boolean prefix) {
        return new SearchQuery(text, prefix, Optional.empty(), 10, Optional.empty());
    }
}
