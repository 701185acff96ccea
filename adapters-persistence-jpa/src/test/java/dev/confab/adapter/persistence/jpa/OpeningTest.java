package dev.confab.adapter.persistence.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Metadata;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OpeningTest {

    @Test
    void the_entities_fit_the_migrated_tables_and_are_read_over_a_connection_given() throws SQLException {
        UUID id = UUID.randomUUID();

        try (var store = TestStore.open();
                var connection = store.connections().writes().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO conversation (id, revision, owner_id, metadata, version, message_count, created_at,
                        updated_at, digest, title_terms)
                    VALUES ('%s', 3, 'o', '{"a": "b"}', 2, 0, '2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.679Z',
                        sha256('x'), '{}')""".formatted(id));
            try (var session = store.sessions().withStatelessOptions().connection(connection).openStatelessSession()) {
                var found = session.get(ConversationEntity.class, id);

                assertThat(found.revision()).isEqualTo(3);
                assertThat(found.life()).isPositive();
                assertThat(found.toHead().metadata()).isEqualTo(new Metadata(Map.of("a", "b")));
                assertThat(found.toHead().updatedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.679Z"));
            }
            assertThat(connection.isClosed()).isFalse();
        }
    }
}
