package dev.confab.adapter.assistant.openai;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the assistant is, and how long to wait for it.
 *
 * @param baseUrl of http or https, without credentials, query or fragment. Without a path, {@code /v1} is meant
 * @param apiKey empty for an endpoint that wants none
 * @param model for sessions that name none
 * @param connectTimeout for each connection
 * @param responseTimeout until the answer begins, all retries included
 * @param idleTimeout without a byte in the middle of an answer
 */
public record OpenAiSettings(URI baseUrl, Optional<String> apiKey, String model, Duration connectTimeout,
        Duration responseTimeout, Duration idleTimeout) {

    /** The messages hold no part of the key, nor of a URL that may hold one. */
    public OpenAiSettings {
        String scheme = baseUrl.getScheme();
        boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!web || baseUrl.getHost() == null || baseUrl.getPort() > 65_535) {
            throw new IllegalArgumentException("the assistant's base URL must be of http or https, with a host");
        }
        if (baseUrl.getRawUserInfo() != null || baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the assistant's base URL must have no credentials, query or fragment; the key is a setting of its own");
        }
        apiKey = apiKey.map(String::strip).filter(key -> !key.isEmpty());
        if (apiKey.filter(key -> !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)).isPresent()) {
            throw new IllegalArgumentException("the assistant's key must be of printable ASCII, without spaces");
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("the assistant's model must be named");
        }
        requirePositive(connectTimeout, "connect");
        requirePositive(responseTimeout, "response");
        requirePositive(idleTimeout, "idle");
    }

    /** What the paths of the API are appended to. */
    String apiUrl() {
        String url = baseUrl.toString().replaceAll("/+$", "");
        String path = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath().replaceAll("/+$", "");
        return path.isEmpty() ? url + "/v1" : url;
    }

    /** Whether the text holds the key. */
    boolean isTold(String text) {
        return apiKey.filter(text::contains).isPresent();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "OpenAiSettings[baseUrl=" + baseUrl + ", apiKey=" + (apiKey.isPresent() ? "***" : "none") + ", model="
                + model + ", connectTimeout=" + connectTimeout + ", responseTimeout=" + responseTimeout
                + ", idleTimeout=" + idleTimeout + "]";
    }

    private static void requirePositive(Duration time, String name) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("the assistant's " + name + " time-out must be positive");
        }
    }
}
