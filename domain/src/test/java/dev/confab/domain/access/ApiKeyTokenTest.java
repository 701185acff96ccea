package dev.confab.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTokenTest {
    private static final String FORTY_TWO = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private static final String FORTY_THREE = FORTY_TWO + "a";
    private static final String WITHOUT_PREFIX = "019c0f2e7a0070008000000000000001_" + FORTY_THREE;
    private static final String SECRET = "AZaz09_-".repeat(6).substring(0, 43);
    private static final String TEXT = "confab_019c0f2e7a0070008000000000000001_" + SECRET;

    @Test
    void a_token_is_read_as_it_was_written() {
        var id = ApiKeyId.parse("019c0f2e-7a00-7000-8000-000000000001");
        var token = new ApiKeyToken(id, SECRET);

        assertThat(token.text()).isEqualTo(TEXT);
        assertThat(ApiKeyToken.parse(TEXT)).contains(token);
        var highest = new ApiKeyToken(new ApiKeyId(new UUID(-1, -1)), SECRET);
        assertThat(ApiKeyToken.parse(highest.text())).contains(highest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "confab", "confab__", WITHOUT_PREFIX,
            "Confab_019c0f2e7a0070008000000000000001_" + FORTY_THREE,
            "confab_019C0F2E7A0070008000000000000001_" + FORTY_THREE,
            "confab_019c0f2e-7a00-7000-8000-000000000001_" + FORTY_THREE,
            "confab_019c0f2e7a007000800000000000001_" + FORTY_THREE,
            "confab_019c0f2e7a0070008000000000000001_" + FORTY_THREE + "x",
            "confab_019c0f2e7a0070008000000000000001_" + FORTY_TWO,
            "confab_019c0f2e7a0070008000000000000001_" + FORTY_TWO + "=",
            "confab_019c0f2e7a0070008000000000000001_" + FORTY_TWO + "é",
            " confab_019c0f2e7a0070008000000000000001_" + FORTY_THREE,
            "confab_019c0f2e7a0070008000000000000001_" + FORTY_THREE + "\n"})
    void any_other_text_is_no_token(String text) {
        assertThat(ApiKeyToken.parse(text)).isEmpty();
    }

    @Test
    void a_very_long_text_is_no_token() {
        assertThat(ApiKeyToken.parse("confab_".repeat(1_000_000))).isEmpty();
    }

    @Test
    void a_log_never_shows_the_secret() {
        assertThat(ApiKeyToken.parse(TEXT).orElseThrow()).asString().doesNotContain(SECRET)
                .contains("019c0f2e-7a00-7000-8000-000000000001");
    }
}
