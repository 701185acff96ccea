package dev.confab.bootstrap;

import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The database, by the framework's usual names. The framework itself makes nothing of them here: the store has its own pools.
 *
 * @param url {@code jdbc:postgresql://host:5432/database}
 * @param username who logs in; when absent, the URL's parameter {@code user}
 * @param password when absent, the URL's parameter {@code password}
 */
@ConfigurationProperties("spring.datasource")
public record DatabaseSettings(Optional<String> url, Optional<String> username, Optional<String> password) {
    /** Without the password, and without the URL, which may hold one. */
    @Override
    public String toString() {
        return "DatabaseSettings[username=" + username.orElse("") + "]";
    }
}
