package dev.confab.bootstrap.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.search.SearchHitJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class HitTextTest {
    /** The tag character before the word is two chars and is printed as one. */
    private static final SearchHitJson HIT = new SearchHitJson("id", "A\u001B]0;t\u0007", "m", 7, "user", "time",
            "…\uDB40\uDC41 one\ntwo \u001B[1mone", List.of(List.of(4, 7), List.of(16, 19)), 2);

    @Test
    void the_words_are_bold_where_terminals_are_told_so() {
        assertThat(new HitText(Ansi.ON).of(HIT)).hasToString("id  #7  user  time  A\uFFFD]0;t\uFFFD  (and 2 more)"
                + System.lineSeparator() + "    …\uFFFD \u001B[1mone\u001B[0m two \uFFFD[1m\u001B[1mone\u001B[0m");
    }

    @Test
    void and_plain_elsewhere() {
        assertThat(new HitText(Ansi.OFF).of(HIT)).endsWith("    …\uFFFD one two \uFFFD[1mone");
        assertThat(new HitText(Ansi.OFF).of(new SearchHitJson("id", "Title", null, null, null, "time", "Title",
                List.of(), 0))).startsWith("id  title  time  Title" + System.lineSeparator());
    }
}
