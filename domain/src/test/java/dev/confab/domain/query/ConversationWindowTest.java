package dev.confab.domain.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A window that is read after another one shows whether the version of the first can still be read. */
class ConversationWindowTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final Digest DIGEST = Digest.of("test").build();

    private final Message third = message(3, 4);
    private final Message fourth = message(4, 5);

    @Test
    void messages_that_have_not_changed_since_are_those_of_the_version() {
        assertThat(window(9, third, fourth).asOf(head(5), 2)).contains(List.of(third, fourth));
        assertThat(window(5, third, fourth).asOf(head(5), 2)).contains(List.of(third, fourth));
    }

    @Test
    void a_message_that_has_changed_since_hides_the_version() {
        assertThat(window(9, third, fourth).asOf(head(4), 2)).isEmpty();
    }

    @Test
    void a_missing_message_hides_the_version() {
        assertThat(window(9, fourth).asOf(head(5), 2)).isEmpty();
        assertThat(window(9).asOf(head(5), 2)).isEmpty();
    }

    @Test
    void a_conversation_that_has_not_reached_the_version_is_another_one() {
        assertThat(window(4, third).asOf(head(5), 2)).isEmpty();
    }

    @Test
    void a_conversation_that_was_purged_and_created_again_is_another_one() {
        var window = window(9, third, fourth);

        assertThat(window.asOf(head(5, "me", Digest.of("other").build()), 2)).isEmpty();
        assertThat(window.asOf(head(5, "you", DIGEST), 2)).isEmpty();
    }

    private static ConversationWindow window(long version, Message... messages) {
        return new ConversationWindow(head(version), Arrays.asList(messages), false);
    }

    private static Conversation head(long version) {
        return head(version, "me", DIGEST);
    }

    private static Conversation head(long version, String owner, Digest digest) {
        return new Conversation(new ConversationId(new UUID(1, 1)), new OwnerId(owner), Optional.empty(),
                Metadata.EMPTY, new Version(version), 10, NOW, NOW, Optional.empty(), Optional.empty(),
                Optional.empty(), digest);
    }

    private static Message message(int position, long version) {
        return new Message(new MessageId(new UUID(2, position)), position, Role.USER, "text", Optional.empty(),
                Metadata.EMPTY, NOW, Optional.empty(), new Version(version), DIGEST);
    }
}
