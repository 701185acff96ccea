package dev.confab.adapter.web.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.TestMessages;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.archive.MessageSpool;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class ImportedMessagesTest {
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final ServletRequestAttributes attributes = new ServletRequestAttributes(request);
    private final ImportedMessages messages = new ImportedMessages();

    @BeforeEach
    void beginRequest() {
        attributes.setAttribute(ImportedMessages.SPOOL, (MessageSpool) TestMessages::new,
                RequestAttributes.SCOPE_REQUEST);
        RequestContextHolder.setRequestAttributes(attributes);
    }

    @AfterEach
    void endRequest() {
        RequestContextHolder.resetRequestAttributes();
        attributes.requestCompleted();
    }

    @Test
    void messages_beyond_one_commit_are_spooled() {
        int most = ConversationTransaction.MAX_CREATION_MESSAGES + 5;
        List<Message> added = IntStream.rangeClosed(1, most).mapToObj(n -> message(n, "text " + n)).toList();
        messages.addAll(added);

        assertThat(messages.fitsOneTransaction()).isFalse();
        assertThat(messages.count()).isEqualTo(most);
        assertThat(messages.weight()).isEqualTo(added.stream().mapToLong(Message::weight).sum());
        for (int i = 0; i < 2; i++) {
            assertThat(messages).containsExactlyElementsOf(added);
        }
    }

    @Test
    void bytes_beyond_one_commit_are_spooled_until_the_request_ends() {
        String text = "x".repeat(Message.MAX_TEXT_BYTES);
        int position = 0;
        while (messages.weight() <= ConversationTransaction.MAX_CREATION_BYTES) {
            assertThat(TestMessages.OPEN).hasValue(0);
            messages.add(message(++position, text));
        }
        assertThat(TestMessages.OPEN).hasValue(1);

        attributes.requestCompleted();

        assertThat(TestMessages.OPEN).hasValue(0);
    }

    private static Message message(int position, String text) {
        var id = new MessageId(new UUID(0, position));
        return new Message(id, position, Role.USER, text, Optional.of("{\"a\":1.0}"), new Metadata(Map.of("k", "v")),
                Instant.parse("2026-11-21T20:00:00Z"), Optional.empty(), Version.FIRST,
                new MessageDraft(id, Role.USER, text, Optional.of("{\"a\":1.0}"), new Metadata(Map.of("k", "v")))
                        .digest());
    }
}
