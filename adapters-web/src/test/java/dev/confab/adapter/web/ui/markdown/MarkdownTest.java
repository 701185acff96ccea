package dev.confab.adapter.web.ui.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    private static final String LINK = " target=\"_blank\" rel=\"noopener noreferrer nofollow\"";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            **strong** _em_ ~~del~~      | <p><strong>strong</strong> <em>em</em> <del>del</del></p>
            `a < b`                      | <p><code>a &lt; b</code></p>
            # Title                      | <h3>Title</h3>
            ###### Title                 | <h6>Title</h6>
            - one                        | <ul><li>one</li></ul>
            7. seven                     | <ol start="7"><li>seven</li></ol>
            > said                       | <blockquote><p>said</p></blockquote>
            a & b                        | <p>a &amp; b</p>
            """)
    void the_usual_marks_become_html(String text, String html) {
        assertThat(Markdown.html(text).replaceAll("\n", "")).isEqualTo(html);
    }

    @Test
    void a_line_break_is_one() {
        assertThat(Markdown.html("one\ntwo")).contains("one<br />");
    }

    @Test
    void a_code_block_keeps_its_language_and_a_table_its_alignment() {
        assertThat(Markdown.html("```java\nint x;\n```")).contains("<code class=\"language-java\">int x;");
        assertThat(Markdown.html("|a|b|\n|:-:|--:|\n|1|2|")).contains("<th align=\"center\">a</th>",
                "<td align=\"right\">2</td>");
    }

    @Test
    void links_open_elsewhere_and_images_are_links() {
        assertThat(Markdown.html("[a](https://a.example/b)"))
                .contains("<a href=\"https://a.example/b\"" + LINK + ">a</a>");
        assertThat(Markdown.html("see https://a.example.")).contains("href=\"https://a.example\"");
        assertThat(Markdown.html("![a *cat*](https://a.example/cat.png)")).doesNotContain("<img")
                .contains("href=\"https://a.example/cat.png\"", "a <em>cat</em></a>");
        assertThat(Markdown.html("![](https://a.example/cat.png)")).contains(">https://a.example/cat.png</a>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
            "<a href=\"javascript:alert(1)\">x</a>", "<iframe src='//x'></iframe>", "<style>*{display:none}</style>",
            "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,x)", "[x](vbscript:x)",
            "![x](javascript:alert(1))", "<javascript:alert(1)>", "[x](https://x \"\" onclick=\"y)", "`<script>`",
            "```\" onmouseover=\"x\n<b>", "<details open ontoggle=alert(1)>", "<!--", "<![CDATA[<script>]]>"})
    void nothing_of_a_text_can_run(String hostile) {
        assertThat(Markdown.html(hostile)).doesNotContainPattern(
                "(?i)<(script|img|svg|iframe|style|details|form|input|object)|<[^>]+ on[a-z]+=|href=\"(javascript|data|vbscript)");
    }

    @Test
    void the_plain_text_has_no_marks() {
        assertThat(Markdown.plain("## A **trip** to `the` [sea](https://a.example)")).contains("A trip to", "the")
                .doesNotContain("**", "##");
    }

    @Test
    void random_marks_are_rendered_without_a_fault() {
        var random = new Random();
        String marks = "*_`~[]()<>!#-|\n \"'\\&;:a1";
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(60, 0, marks.length()).collect(StringBuilder::new,
                    (all, at) -> all.append(marks.charAt(at)), StringBuilder::append).toString();
            assertThat(Markdown.html(text)).as(text).doesNotContainPattern("(?i)<script|<img| on[a-z]+=\"");
        }
    }
}
