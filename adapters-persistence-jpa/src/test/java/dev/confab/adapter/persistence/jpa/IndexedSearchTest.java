package dev.confab.adapter.persistence.jpa;

import dev.confab.adapter.persistence.contract.clause.read.SearchContract;
import dev.confab.adapter.persistence.contract.clause.read.SearchCopiesContract;
import dev.confab.adapter.persistence.contract.clause.read.SearchFilterContract;
import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.terms.Terms;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contract of searches once more, in a database whose newest messages are others: what the tests look for is then found by the index of
 * words, and not among the newest messages that every search looks through first.
 */
class IndexedSearchTest {
    @RegisterExtension
    final BeforeEachCallback givesFactory = context -> ((ContractTest) context.getRequiredTestInstance())
            .openWith(IndexedSearchTest::open);

    private static StoreUnderTest open(Duration lockTimeout) {
        JpaStoreUnderTest store = JpaStoreUnderTest.open(lockTimeout);
        List.of(Samples.ALICE, Samples.BOB).forEach(owner -> insertNewest(store, owner));
        return store;
    }

    /** More than a search looks through, and later than any test's messages. */
    private static void insertNewest(JpaStoreUnderTest store, OwnerId owner) {
        store.execute(
                """
                                INSERT INTO conversation (id, revision, owner_id, metadata, version, message_count, created_at, updated_at, digest,
                            title_terms, title_terms_version)
                        VALUES (gen_random_uuid(), 1, '%1$s', '{}', 1, 3001, '0001-01-01Z', '0001-01-01Z', decode(repeat('00', 32), 'hex'),
                            '{"O:%1$s"}', %2$d);
                        INSERT INTO message (conversation_id, position, id, role, text, metadata, created_at, version, digest, weight, terms,
                            terms_version)
                        SELECT c.id, n, gen_random_uuid(), 'USER', 'qqqq', '{}', '9999-12-31Z', 1, c.digest, 260, '{"qqqq","O:%1$s"}', %2$d
                        FROM conversation c, generate_series(1, 3001) AS n WHERE c.owner_id = '%1$s'"""
                        .formatted(owner.value(), Terms.VERSION));
    }

    @Nested
    class Search extends SearchContract {
    }

    @Nested
    class SearchFilter extends SearchFilterContract {
    }

    @Nested
    class SearchCopies extends SearchCopiesContract {
    }
}
