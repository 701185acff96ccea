package dev.confab.bootstrap.store.jpa;

import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The database, by Spring Boot's standard properties. Spring Boot itself creates no pool from them here: the store has its own.
 *
 * @param url {@code jdbc:postgresql://host:5432/database}
 * @param username the login role; if absent, the URL's parameter {@code user}
 * @param password if absent, the URL's parameter {@code password}
 */
@ConfigurationProperties("spring.datasource")
public record DatabaseProperties(Optional<String> url, Optional<String> username, Optional<String> password) {
    /** Without the password, and without the URL, which may contain one. */
    @Override
    public String toString() {
        return "DatabaseProperties[username=" + username.orElse("") + "]";
    }
}
