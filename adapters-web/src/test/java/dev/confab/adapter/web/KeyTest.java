package dev.confab.adapter.web;

import dev.confab.application.ApiKeys;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.OwnerId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Talks to one server with log-in by API keys, which all these tests share. */
@SpringBootTest(classes = KeyServer.class, webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class KeyTest extends WebTest {
    static final String AUTHORIZATION = "Authorization";

    @Autowired
    ApiKeys keys;

    @Autowired
    TestApiKeyStore keyStore;

    @Autowired
    TestClock clock;

    @AfterEach
    void healKeys() {
        keyStore.heal();
    }

    ApiKeys.Issued issue(String owner, Scope... scopes) {
        return keys.issue(new OwnerId(owner), "test", Set.of(scopes), Optional.empty());
    }

    ApiKeys.Issued issueUntil(Instant expiresAt, String owner, Scope... scopes) {
        return keys.issue(new OwnerId(owner), "test", Set.of(scopes), Optional.of(expiresAt));
    }

    /** The header's value for a new key. */
    String key(String owner, Scope... scopes) {
        return bearer(issue(owner, scopes));
    }

    static String bearer(ApiKeys.Issued issued) {
        return "Bearer " + issued.token().text();
    }

    static ApiKeyId id(ApiKeys.Issued issued) {
        return issued.key().id();
    }
}
