package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiSettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void settings_as_text_do_not_contain_the_key() {
        assertThat(settings("https://example.org", " sk-secret ").toString()).doesNotContain("sk-secret")
                .contains("https://example.org");
    }

    @Test
    void a_blank_key_means_no_key() {
        assertThat(settings("https://example.org", " ").apiKey()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk secret", "sk-secret\nx", "sk-sécret"})
    void a_key_that_does_not_fit_a_header_is_rejected_without_quoting_it(String key) {
        assertThatThrownBy(() -> settings("https://example.org", key)).isInstanceOf(IllegalArgumentException.class)
                .message().doesNotContain(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.org", "example.org", "/v1", "https:///v1", "http://localhost:65536",
            "https://u:sk-secret@example.org",
            "https://example.org?key=sk-secret", "https://example.org#sk-secret"})
    void an_invalid_url_or_one_with_a_secret_is_rejected_without_quoting_it(String url) {
        assertThatThrownBy(() -> settings(url, "k")).isInstanceOf(IllegalArgumentException.class).message()
                .doesNotContain("sk-secret");
    }

    @Test
    void a_model_and_positive_timeouts_are_required() {
        URI url = URI.create("https://example.org");

        assertThatThrownBy(() -> new OpenAiSettings(url, Optional.empty(), " ", SECOND, SECOND, SECOND))
                .hasMessageContaining("model");
        assertThatThrownBy(() -> new OpenAiSettings(url, Optional.empty(), "m", SECOND, SECOND, Duration.ZERO))
                .hasMessageContaining("idle");
    }

    private static OpenAiSettings settings(String url, String key) {
        return new OpenAiSettings(URI.create(url), Optional.of(key), "model-1", SECOND, SECOND, SECOND);
    }
}
