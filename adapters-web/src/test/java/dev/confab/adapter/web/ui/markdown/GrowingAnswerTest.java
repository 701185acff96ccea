package dev.confab.adapter.web.ui.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GrowingAnswerTest {
    private final GrowingAnswer answer = new GrowingAnswer();

    @Test
    void a_paragraph_is_final_after_a_blank_line() {
        assertThat(answer.add("one **two** th")).isEmpty();
        assertThat(answer.rest()).contains("one <strong>two</strong> th");

        assertThat(answer.add("ree\n\nfour")).hasValueSatisfying(html -> assertThat(html).contains("three</p>"));
        assertThat(answer.rest()).contains("four").doesNotContain("one");
    }

    @Test
    void a_blank_line_in_a_code_block_ends_nothing() {
        assertThat(answer.add("```java\nint x;\n\nint y;\n")).isEmpty();
        assertThat(answer.rest()).contains("int x;", "int y;");
        assertThat(answer.add("```\n\nafter")).hasValueSatisfying(html -> assertThat(html)
                .contains("language-java", "int x;", "int y;").doesNotContain("after"));
        assertThat(answer.rest()).contains("<p>after</p>");
    }

    @Test
    void a_longer_mark_is_not_closed_by_a_shorter_one() {
        assertThat(answer.add("````\n```\n\nstill code\n")).isEmpty();
        assertThat(answer.add("````\n\n")).isPresent();
    }

    @Test
    void a_long_code_block_is_cut_at_a_line_and_goes_on_as_code() {
        String first = answer.add("```java\n" + "int x = 1;\n".repeat(3_000)).orElseThrow();

        assertThat(first).contains("<pre><code class=\"language-java\">");
        answer.add("int last;\n");
        assertThat(answer.rest()).contains("<pre><code class=\"language-java\">int last;");
        answer.add("```\n\n");
        answer.add("text");
        assertThat(answer.rest()).contains("<p>text</p>");
    }

    @Test
    void nothing_remains_after_it_was_cleared() {
        answer.add("```\ncode");
        answer.clear();
        answer.add("text");
        assertThat(answer.rest()).contains("<p>text</p>");
    }

    @Test
    void every_word_is_shown_once_however_the_text_is_cut() {
        var random = new Random();
        for (int round = 0; round < 200; round++) {
            var text = new StringBuilder();
            for (int word = 0; word < 60; word++) {
                text.append("w").append(word).append("x").append(switch (random.nextInt(6)) {
                    case 0 -> "\n\n";
                    case 1 -> "\n";
                    default -> " ";
                });
            }
            var growing = new GrowingAnswer();
            var shown = new StringBuilder();
            for (int at = 0; at < text.length();) {
                int end = Math.min(text.length(), at + 1 + random.nextInt(20));
                growing.add(text.substring(at, end)).ifPresent(shown::append);
                at = end;
            }
            shown.append(growing.rest());
            for (int word = 0; word < 60; word++) {
                assertThat(shown.toString().split("w" + word + "x", -1)).as(text + " → " + shown).hasSize(2);
            }
        }
    }
}
