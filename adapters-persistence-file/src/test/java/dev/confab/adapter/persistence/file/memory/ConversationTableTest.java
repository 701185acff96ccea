package dev.confab.adapter.persistence.file.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.LockTimeout;
import org.junit.jupiter.api.Test;

/** An entry of a conversation that never began stays only while it is used. */
class ConversationTableTest {
    private final ConversationTable table = new ConversationTable();
    private final ConversationId id = Samples.newConversationId();

    @Test
    void a_caller_that_waits_too_long_leaves_no_entry_behind() {
        ConversationEntry held = table.acquire(id, System.nanoTime());
        assertThatThrownBy(() -> table.acquire(id, System.nanoTime())).isInstanceOf(LockTimeout.class);
        assertThat(table.find(id)).contains(held);

        table.release(held);

        assertThat(table.all()).isEmpty();
    }

    @Test
    void an_interrupted_caller_leaves_no_entry_behind_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> table.acquire(id, System.nanoTime())).isInstanceOf(LockTimeout.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(table.all()).isEmpty();
    }

    @Test
    void a_damaged_conversation_keeps_its_entry() {
        ConversationEntry entry = table.acquire(id, System.nanoTime());
        entry.markDamaged("for this test");

        table.release(entry);

        assertThat(table.find(id)).contains(entry);
    }
}
