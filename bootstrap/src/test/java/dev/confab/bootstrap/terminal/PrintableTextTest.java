package dev.confab.bootstrap.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"\u001B", "\u009B", "\u0007", "\b", "\r", "\n", "\t", "\u007F", "\u0085", "\u202E",
            "\u2067",
            "\u2028", "\u200E", "\uFEFF", "\uDB40\uDC41"})
    void what_a_terminal_would_obey_is_replaced(String obeyed) {
        assertThat(PrintableText.inline("a" + obeyed + "b")).isEqualTo("a\uFFFDb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Grüße", "日本語", "👩\u200D👩\u200D👧", "می\u200Cخواهم", "❤\uFE0F", "e\u0301"})
    void what_people_write_stays(String text) {
        assertThat(PrintableText.inline(text)).isEqualTo(text);
    }

    @Test
    void lines_and_tabs_are_kept_apart_where_a_text_may_have_them() {
        assertThat(PrintableText.lines("a\tb\r\nc\u001B[2J\n\nd\re")).containsExactly("a    b", "c\uFFFD[2J", "",
                "d\uFFFDe");
        assertThat(PrintableText.flowing("a\tb\r\nc\u001Bd")).isEqualTo("a b  c\uFFFDd");
    }
}
