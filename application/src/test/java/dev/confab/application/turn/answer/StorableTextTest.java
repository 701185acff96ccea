package dev.confab.application.turn.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StorableTextTest {
    private static final String HARD = "aé語\uD83D\uDE00";

    @Test
    void a_text_is_cut_after_the_last_code_point_that_fits() {
        for (int max = 0; max <= 10; max++) {
            String cut = StorableText.of(HARD, max);
            assertThat(HARD).startsWith(cut);
            assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(max);
        }
        assertThat(StorableText.of(HARD, 10)).isEqualTo(HARD);
        assertThat(StorableText.of(HARD, 9)).isEqualTo("aé語");
    }

    @Test
    void text_that_no_store_can_keep_is_replaced() {
        assertThat(StorableText.of("\u0000a\uD83Db\uDE00", 100)).isEqualTo("\uFFFDa\uFFFDb\uFFFD");
    }
}
