package dev.confab.benchmarks.postgres;

import dev.confab.benchmarks.harness.Drafts;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.terms.Terms;
import dev.confab.domain.conversation.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SequencedSet;
import javax.sql.DataSource;

/**
 * The baseline: an append with plain JDBC, in one statement and one round trip. It fills the same columns as the store, so both write the same bytes
 * into the same indexes. It has no domain logic: it neither checks whether the message is a repeat nor returns the stored message.
 */
final class OneStatement {
    private static final String APPEND = """
            WITH c AS (
                UPDATE conversation
                SET revision = revision + 1, version = version + 1, message_count = message_count + 1,
                    updated_at = greatest(updated_at, ?), changed_in = pg_current_xact_id()
                WHERE id = ? AND deleted_at IS NULL
                RETURNING id, message_count, version, updated_at)
            INSERT INTO message (conversation_id, position, id, role, text, metadata, created_at, version, digest, weight,
                                 terms)
            SELECT c.id, c.message_count, ?, ?, ?, '{}', c.updated_at, c.version, ?, ?, ? FROM c""";

    private final DataSource source;
    private final Drafts drafts;

    OneStatement(DataSource source, Drafts drafts) {
        this.source = source;
        this.drafts = drafts;
    }

    void append(ConversationId id, MessageDraft draft) {
        Instant now = drafts.now();
        var message = new Message(draft.id(), 1, draft.role(), draft.text(), draft.data(), draft.metadata(), now,
                Optional.empty(), Version.FIRST, draft.digest());
        SequencedSet<String> terms = Terms.of(message.text());
        terms.addFirst(Seed.OWNERS_MARK);
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(APPEND)) {
            statement.setObject(1, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
            statement.setObject(2, id.value());
            statement.setObject(3, message.id().value());
            statement.setString(4, message.role().name());
            statement.setString(5, message.text());
            statement.setBytes(6, HexFormat.of().parseHex(message.digest().hex()));
            statement.setInt(7, message.weight());
            statement.setArray(8, connection.createArrayOf("text", terms.toArray()));
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("conversation " + id + " does not exist");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
