package dev.confab.bootstrap.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.ApiKeyToken;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecureSecretsTest {
    private final SecureSecrets secrets = new SecureSecrets();

    @Test
    void a_secret_makes_a_token_that_can_be_read() {
        for (int n = 0; n < 100; n++) {
            var token = new ApiKeyToken(new ApiKeyId(new UUID(n, -n)), secrets.next());
            assertThat(ApiKeyToken.parse(token.text())).contains(token);
        }
    }

    @Test
    void no_two_secrets_are_the_same() {
        var made = new HashSet<String>();
        for (int n = 0; n < 1_000; n++) {
            assertThat(made.add(secrets.next())).isTrue();
        }
    }
}
