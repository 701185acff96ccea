package dev.confab.adapter.web.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ImportedMessagesTest {
    private final ImportedMessages messages = new ImportedMessages();

    @Test
    void an_import_has_no_more_messages_than_one_commit() {
        Message message = message("");

        fill(message, ConversationTransaction.MAX_CREATION_MESSAGES);
    }

    @Test
    void an_import_has_no_more_bytes_than_one_commit() {
        Message message = message("x".repeat(Message.MAX_TEXT_BYTES));

        fill(message, Math.toIntExact(ConversationTransaction.MAX_CREATION_BYTES / message.weight()));
    }

    /** Adds as many messages as fit; the next one is rejected. */
    private void fill(Message message, int most) {
        for (int i = 0; i < most; i++) {
            messages.add(message);
        }

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> messages.add(message))
                .withMessageContaining("#/messages/" + most).extracting(ProblemException::code)
                .isEqualTo(ProblemCode.CONTENT_TOO_LARGE);
        assertThat(messages).hasSize(most);
    }

    private static Message message(String text) {
        var id = new MessageId(new UUID(0, 1));
        return new Message(id, 1, Role.USER, text, Optional.empty(), Metadata.EMPTY,
                Instant.parse("2026-11-21T20:00:00Z"), Optional.empty(), Version.FIRST,
                MessageDraft.of(id, Role.USER, text).digest());
    }
}
