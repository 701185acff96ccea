package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Conversations whose stored times are far ahead of the clock: an earlier version imported them. */
class FarAheadTest {
    private static final Instant AHEAD = Instant.parse("2099-01-01T00:00:00Z");
    private static final Duration RETENTION = Duration.ofDays(30);
    private final World world = new World();

    @Test
    void the_next_message_and_its_conversation_have_the_time_of_the_clock() {
        ConversationId id = stored();

        Message message = world.messages.append(ANN, id, message(MADE, "now"), NONE).value();

        assertThat(message.createdAt()).isEqualTo(clock());
        assertThat(world.conversations.get(ANN, id)).extracting(Conversation::createdAt, Conversation::updatedAt)
                .containsExactly(clock(), clock());
    }

    @Test
    void a_deleted_one_is_purged_after_the_retention() {
        ConversationId id = stored();
        assertThat(world.conversations.delete(ANN, id, NONE).orElseThrow().deletedAt()).contains(clock());

        world.pass(RETENTION);
        assertThat(world.conversations.purgeBin(RETENTION)).isZero();
        world.pass(Duration.ofMillis(1));
        assertThat(world.conversations.purgeBin(RETENTION)).isOne();
    }

    @Test
    void one_that_was_deleted_far_ahead_is_purged_a_retention_after_the_first_round_that_finds_it() {
        ConversationId id = stored();
        world.reference.transact(id, tx -> {
            tx.record(tx.conversation().delete(AHEAD).orElseThrow());
            return true;
        });

        assertThat(world.conversations.purgeBin(RETENTION)).isZero();
        assertThat(world.reference.deletedAfter(Instant.EPOCH, 1)).first().extracting(Conversation::deletedAt)
                .isEqualTo(Optional.of(clock()));
        world.pass(RETENTION.plusMillis(1));
        assertThat(world.conversations.purgeBin(RETENTION)).isOne();
    }

    private Instant clock() {
        return world.now.truncatedTo(ChronoUnit.MILLIS);
    }

    private ConversationId stored() {
        var first = Conversation.start(new ConversationId(new UUID(1, 1)), ANN, Optional.empty(), Metadata.EMPTY,
                Digest.of("test").build(), AHEAD);
        return world.reference.transact(first.conversationId(), tx -> {
            tx.record(first);
            return first.conversationId();
        });
    }
}
