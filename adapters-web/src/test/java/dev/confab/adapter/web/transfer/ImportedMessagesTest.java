package dev.confab.adapter.web.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.ConversationTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class ImportedMessagesTest {
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final ServletRequestAttributes attributes = new ServletRequestAttributes(request);
    private final ImportedMessages messages = new ImportedMessages();

    @BeforeEach
    void beginRequest() {
        RequestContextHolder.setRequestAttributes(attributes);
    }

    @AfterEach
    void endRequest() {
        RequestContextHolder.resetRequestAttributes();
        attributes.requestCompleted();
    }

    @Test
    void messages_beyond_one_commit_are_kept_in_a_file_and_are_the_same_each_time_they_are_read() {
        int most = ConversationTransaction.MAX_CREATION_MESSAGES + 5;
        List<Message> added = IntStream.rangeClosed(1, most).mapToObj(n -> message(n, "text\u2028\r\n" + n)).toList();
        messages.addAll(added);

        assertThat(messages.fitsOneTransaction()).isFalse();
        assertThat(messages.count()).isEqualTo(most);
        assertThat(messages.weight()).isEqualTo(added.stream().mapToLong(Message::weight).sum());
        for (int i = 0; i < 2; i++) {
            assertThat(messages).containsExactlyElementsOf(added);
        }
    }

    @Test
    void bytes_beyond_one_commit_are_kept_in_a_file_that_goes_with_the_request() throws IOException {
        Set<Path> before = files();
        String text = "x".repeat(Message.MAX_TEXT_BYTES);
        int position = 0;
        while (messages.weight() <= ConversationTransaction.MAX_CREATION_BYTES) {
            assertThat(files()).isEqualTo(before);
            messages.add(message(++position, text));
        }
        assertThat(files()).hasSize(before.size() + 1);
        assertThat(messages.iterator().next().text()).isEqualTo(text);

        attributes.requestCompleted();

        assertThat(files()).isEqualTo(before);
    }

    private static Set<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("confab-import-"))
                    .collect(Collectors.toSet());
        }
    }

    private static Message message(int position, String text) {
        var id = new MessageId(new UUID(0, position));
        return new Message(id, position, Role.USER, text, Optional.of("{\"a\":1.0}"), new Metadata(Map.of("k", "v")),
                Instant.parse("2026-11-21T20:00:00Z"), Optional.empty(), Version.FIRST,
                new MessageDraft(id, Role.USER, text, Optional.of("{\"a\":1.0}"), new Metadata(Map.of("k", "v")))
                        .digest());
    }
}
