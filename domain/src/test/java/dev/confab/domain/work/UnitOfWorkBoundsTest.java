package dev.confab.domain.work;

import static dev.confab.domain.work.UnitOfWorkSamples.ID;
import static dev.confab.domain.work.UnitOfWorkSamples.NOW;
import static dev.confab.domain.work.UnitOfWorkSamples.append;
import static dev.confab.domain.work.UnitOfWorkSamples.conversation;
import static dev.confab.domain.work.UnitOfWorkSamples.digest;
import static dev.confab.domain.work.UnitOfWorkSamples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.TransactionTooLarge;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The largest transactions. */
class UnitOfWorkBoundsTest {
    private final PlainModel stored = conversation(3);

    @Test
    void at_most_1001_events() {
        assertThat(UnitOfWork.run(ID, stored, tx -> appendMany(tx, 1_001)).change().orElseThrow().events())
                .hasSize(1_001);
        assertThatThrownBy(() -> UnitOfWork.run(ID, stored, tx -> appendMany(tx, 1_002)))
                .isInstanceOf(TransactionTooLarge.class);
    }

    @Test
    void at_most_16_MiB_of_recorded_messages_to_the_byte() {
        String mib = "x".repeat(Message.MAX_TEXT_BYTES);
        int rest = 16 * 1024 * 1024 - 15 * (Message.MAX_TEXT_BYTES + 256) - 256;

        UnitOfWork.run(ID, stored, tx -> {
            IntStream.range(0, 15).forEach(i -> tx.record(append(tx, 100 + i, mib)));
            tx.record(append(tx, 200, "x".repeat(rest)));
            return true;
        });
        assertThatThrownBy(() -> UnitOfWork.run(ID, stored, tx -> {
            IntStream.range(0, 15).forEach(i -> tx.record(append(tx, 100 + i, mib)));
            tx.record(append(tx, 200, "x".repeat(rest + 1)));
            return true;
        })).isInstanceOf(TransactionTooLarge.class);
    }

    @Test
    void a_transaction_function_that_catches_it_still_commits_nothing() {
        assertThatThrownBy(() -> UnitOfWork.run(ID, stored, tx -> {
            assertThatThrownBy(() -> appendMany(tx, 1_002)).isInstanceOf(TransactionTooLarge.class);
            return true;
        })).isInstanceOf(TransactionTooLarge.class);
    }

    @Test
    void edits_weigh_too() {
        String mib = "x".repeat(Message.MAX_TEXT_BYTES);

        assertThatThrownBy(() -> UnitOfWork.run(ID, stored, tx -> {
            for (int i = 0; i < 16; i++) {
                var message = tx.messageAt(1 + i % 3).orElseThrow();
                tx.record(tx.conversation().edit(message, i + mib.substring(2), Optional.empty(),
                        Metadata.EMPTY, NOW).orElseThrow());
            }
            return true;
        })).isInstanceOf(TransactionTooLarge.class);
    }

    @Test
    void a_beginning_has_at_most_10_000_messages_and_32_MiB() {
        assertThat(beginWith(10_000, 0)).isEqualTo(10_000);
        assertThatThrownBy(() -> beginWith(10_001, 0)).isInstanceOf(TransactionTooLarge.class);
        assertThat(beginWith(31, Message.MAX_TEXT_BYTES)).isEqualTo(31);
        assertThatThrownBy(() -> beginWith(32, Message.MAX_TEXT_BYTES)).isInstanceOf(TransactionTooLarge.class);
    }

    private int beginWith(int count, int size) {
        String text = "x".repeat(size);
        List<Message> messages = IntStream.rangeClosed(1, count).mapToObj(i -> new Message(id(i), i, Role.USER,
                text, Optional.empty(), Metadata.EMPTY, NOW, Optional.empty(), Version.FIRST, digest())).toList();
        Conversation imported = new Conversation(ID, RandomDecisions.OWNER, Optional.empty(), Metadata.EMPTY,
                new Version(20_000), count, NOW, NOW, Optional.empty(), Optional.empty(), Optional.empty(),
                digest());
        return UnitOfWork.run(ID, PlainModel.EMPTY, tx -> {
            tx.record(Conversation.importing(imported, messages, NOW));
            return tx.conversation().messageCount();
        }).result();
    }

    private static boolean appendMany(ConversationTransaction tx, int count) {
        for (int i = 0; i < count; i++) {
            tx.record(append(tx, 1_000 + i));
        }
        return true;
    }
}
