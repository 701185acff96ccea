package dev.confab.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceApiKeyStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.application.ApiKeys.Issued;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.ApiKeyNotFound;
import dev.confab.domain.access.ApiKeyToken;
import dev.confab.domain.access.Scope;
import dev.confab.domain.access.TooManyApiKeys;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Ids;
import dev.confab.domain.port.StorageUnavailable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApiKeyServiceTest {
    private static final OwnerId ANN = new OwnerId("ann");
    private static final OwnerId BEN = new OwnerId("ben");
    private static final Instant START = Instant.parse("2026-03-01T09:00:00.250Z");

    private final TestClock clock = new TestClock();
    private final CountingStore store = new CountingStore();
    private int made;
    private final ApiKeyService service = new ApiKeyService(store, new TestIds(),
            () -> "%043d".formatted(++made), clock);

    @Test
    void an_issued_key_is_found_by_its_token() {
        Issued issued = service.issue(ANN, "backend", Set.of(Scope.READ, Scope.ON_BEHALF), Optional.empty());

        assertThat(issued.key().createdAt()).isEqualTo(START);
        assertThat(issued.key().id()).isEqualTo(issued.token().id());
        assertThat(issued.key().digest().matches(issued.token().secret())).isTrue();
        assertThat(service.authenticate(issued.token().text())).contains(issued.key());
        assertThat(service.isUsable(issued.key().id())).isTrue();
    }

    @Test
    void the_store_gets_the_digest_and_not_the_secret() {
        Issued issued = issue(Optional.empty());

        assertThat(store.find(issued.key().id())).contains(issued.key());
        assertThat(issued.key().toString()).doesNotContain(issued.token().secret());
    }

    /** Malformed, unknown, wrong, expired and revoked tokens get the same answer, and none is recorded as a use. */
    @Test
    void every_token_that_is_not_accepted_gets_the_same_answer() {
        Issued issued = issue(Optional.empty());
        Issued other = issue(Optional.empty());
        Issued expired = issue(Optional.of(START.plusMillis(1)));
        Issued revoked = issue(Optional.empty());
        service.revoke(revoked.key().id());
        clock.now = START.plusMillis(1);

        for (String token : List.of("", "x", issued.token().text() + "x", issued.token().secret(),
                new ApiKeyToken(new ApiKeyId(new UUID(9, 9)), issued.token().secret()).text(),
                new ApiKeyToken(issued.key().id(), other.token().secret()).text(), expired.token().text(),
                revoked.token().text())) {
            assertThat(service.authenticate(token)).as(token).isEmpty();
        }
        assertThat(store.uses).isZero();
    }

    @Test
    void a_key_is_accepted_until_the_very_moment_of_its_expiry() {
        Issued issued = issue(Optional.of(START.plusSeconds(60)));

        clock.now = START.plusSeconds(60).minusMillis(1);
        assertThat(service.authenticate(issued.token().text())).isPresent();
        assertThat(service.isUsable(issued.key().id())).isTrue();

        clock.now = START.plusSeconds(60);
        assertThat(service.authenticate(issued.token().text())).isEmpty();
        assertThat(service.isUsable(issued.key().id())).isFalse();
    }

    @Test
    void the_last_use_is_recorded_once_a_minute() {
        Issued issued = issue(Optional.empty());

        for (int second = 0; second < 120; second++) {
            clock.now = START.plusSeconds(second);
            assertThat(service.authenticate(issued.token().text())).isPresent();
        }

        assertThat(store.uses).isEqualTo(2);
        assertThat(store.find(issued.key().id()).orElseThrow().lastUsedAt()).contains(START.plusSeconds(60));
    }

    @Test
    void a_request_is_accepted_though_its_use_cannot_be_recorded() {
        Issued issued = issue(Optional.empty());
        store.failing = true;

        assertThat(service.authenticate(issued.token().text())).contains(issued.key());
    }

    @Test
    void after_a_failed_recording_none_is_tried_for_a_minute() {
        Issued one = issue(Optional.empty());
        Issued two = issue(Optional.empty());
        store.failing = true;
        service.authenticate(one.token().text());

        clock.now = START.plusSeconds(59);
        assertThat(service.authenticate(one.token().text())).isPresent();
        assertThat(service.authenticate(two.token().text())).isPresent();
        assertThat(store.uses).isEqualTo(1);

        store.failing = false;
        clock.now = START.plusSeconds(60);
        service.authenticate(two.token().text());
        assertThat(store.find(two.key().id()).orElseThrow().lastUsedAt()).contains(START.plusSeconds(60));
    }

    @Test
    void a_store_that_cannot_be_read_is_an_error_and_no_rejection() {
        Issued issued = issue(Optional.empty());
        store.unreadable = true;

        assertThatThrownBy(() -> service.authenticate(issued.token().text())).isInstanceOf(StorageUnavailable.class);
        assertThatThrownBy(() -> service.isUsable(issued.key().id())).isInstanceOf(StorageUnavailable.class);
        assertThat(service.authenticate("malformed")).isEmpty();
    }

    @Test
    void a_revocation_counts_at_once_and_keeps_its_first_time() {
        Issued issued = issue(Optional.empty());

        ApiKey revoked = service.revoke(issued.key().id());

        assertThat(revoked.revokedAt()).contains(START);
        assertThat(service.authenticate(issued.token().text())).isEmpty();
        assertThat(service.isUsable(issued.key().id())).isFalse();
        clock.now = START.plusSeconds(9);
        assertThat(service.revoke(issued.key().id())).isEqualTo(revoked);
        assertThatThrownBy(() -> service.revoke(new ApiKeyId(new UUID(9, 9)))).isInstanceOf(ApiKeyNotFound.class)
                .hasMessageContaining("00000000-0000-0009-0000-000000000009");
    }

    @Test
    void a_key_that_expires_in_the_past_is_not_stored() {
        assertThatThrownBy(() -> issue(Optional.of(START))).isInstanceOf(InvalidValue.class);
        assertThat(service.list(Optional.empty(), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void a_key_beyond_the_limit_is_rejected() {
        issue(Optional.empty());
        issue(Optional.empty());
        issue(Optional.empty());
        issue(Optional.empty());

        assertThatThrownBy(() -> issue(Optional.empty())).isInstanceOf(TooManyApiKeys.class);
    }

    @Test
    void keys_are_listed_page_by_page_and_by_owner() {
        ApiKey first = issue(Optional.empty()).key();
        ApiKey second = service.issue(BEN, "other", Set.of(Scope.ADMIN), Optional.empty()).key();
        ApiKey third = issue(Optional.empty()).key();

        assertThat(service.list(Optional.empty(), Optional.empty(), 2)).containsExactly(first, second);
        assertThat(service.list(Optional.empty(), Optional.of(second.id()), 2)).containsExactly(third);
        assertThat(service.list(Optional.of(ANN), Optional.empty(), 2)).containsExactly(first, third);
    }

    private Issued issue(Optional<Instant> expiresAt) {
        return service.issue(ANN, "backend", Set.of(Scope.READ), expiresAt);
    }

    /** Counts the recorded uses, and fails when a test wants it. */
    private static final class CountingStore extends ReferenceApiKeyStore {
        private int uses;
        private boolean failing;
        private boolean unreadable;

        CountingStore() {
            super(new ReferenceStorage(), 4);
        }

        @Override
        public Optional<ApiKey> find(ApiKeyId id) {
            if (unreadable) {
                throw new StorageUnavailable("the test says so");
            }
            return super.find(id);
        }

        @Override
        public void recordUse(ApiKeyId id, Instant at) {
            uses++;
            if (failing) {
                throw new StorageUnavailable("the test says so");
            }
            super.recordUse(id, at);
        }
    }

    private static final class TestIds implements Ids {
        private int made;

        @Override
        public UUID next() {
            return new UUID(1, ++made);
        }

        @Override
        public UUID named(UUID namespace, String name) {
            throw new UnsupportedOperationException("no key has an id made of a name");
        }
    }

    private static final class TestClock extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
