package dev.confab.adapter.assistant.openai;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the endpoint is, and how long to wait for it.
 *
 * @param baseUrl http or https, without credentials, query or fragment; {@code /v1} is added to a URL without a path
 * @param apiKey empty for an endpoint that needs none
 * @param model for sessions that name no model
 * @param connectTimeout for opening a connection
 * @param responseTimeout for the time until the answer begins, all attempts included
 * @param idleTimeout for the time between two packets of an answer
 */
public record OpenAiSettings(URI baseUrl, Optional<String> apiKey, String model, Duration connectTimeout,
        Duration responseTimeout, Duration idleTimeout) {

    /** Throws IllegalArgumentException for an invalid setting; the message never quotes the key or the URL, which may hold a secret. */
    public OpenAiSettings {
        String scheme = baseUrl.getScheme();
        boolean isHttp = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!isHttp || baseUrl.getHost() == null || baseUrl.getPort() > 65_535) {
            throw new IllegalArgumentException("the assistant's base URL must be an http or https URL with a host");
        }
        if (baseUrl.getRawUserInfo() != null || baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the assistant's base URL must not have credentials, a query or a fragment; the API key has its own setting");
        }
        apiKey = apiKey.map(String::strip).filter(key -> !key.isEmpty());
        if (apiKey.filter(key -> !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)).isPresent()) {
            throw new IllegalArgumentException("the assistant's API key must be printable ASCII without spaces");
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("the assistant's model must not be blank");
        }
        requirePositive(connectTimeout, "connect");
        requirePositive(responseTimeout, "response");
        requirePositive(idleTimeout, "idle");
    }

    URI completionsUrl() {
        String url = baseUrl.toString().replaceAll("/+$", "");
        boolean hasPath = baseUrl.getRawPath() != null && !baseUrl.getRawPath().replaceAll("/+$", "").isEmpty();
        return URI.create(url + (hasPath ? "" : "/v1") + "/chat/completions");
    }

    boolean containsKey(String text) {
        return apiKey.filter(text::contains).isPresent();
    }

    /** Leaves out the key. */
    @Override
    public String toString() {
        return "OpenAiSettings[baseUrl=" + baseUrl + ", apiKey=" + (apiKey.isPresent() ? "***" : "none") + ", model="
                + model + ", connectTimeout=" + connectTimeout + ", responseTimeout=" + responseTimeout
                + ", idleTimeout=" + idleTimeout + "]";
    }

    private static void requirePositive(Duration time, String name) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("the assistant's " + name + " timeout must be positive");
        }
    }
}
