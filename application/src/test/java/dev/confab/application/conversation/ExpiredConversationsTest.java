package dev.confab.application.conversation;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.given;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.Conversations.Fork;
import dev.confab.application.Sessions.Creation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Session.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpiredConversationsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final ListQuery NEWEST = new ListQuery(ListQuery.Sort.CREATED, 10, Optional.empty());
    private static final SearchQuery LISBON = new SearchQuery("Lisbon", false, Optional.empty(), 10, Optional.empty());

    private final World world = new World();
    private final ConversationId lasting = world.started("Lisbon").id();
    private final ConversationId expiring = world.sessions.create(ANN, new Creation(MADE, Optional.empty(),
            Optional.of(HOUR),
            new Settings(Optional.of(new Title("To Lisbon")), Optional.empty(), Optional.empty(),
                    Optional.empty(), ContextVariables.EMPTY)))
            .value().session().conversationId();
    private final Message message = world.messages
            .append(ANN, expiring, message(MADE, "Lisbon too"), World.NONE).value();

    @BeforeEach
    void everything_is_there_to_the_last_moment() {
        world.pass(HOUR.minusMillis(1));
        assertThat(world.conversations.list(ANN, NEWEST).items()).hasSize(2);
        assertThat(world.conversations.search(ANN, LISBON).items()).hasSize(3);
        assertThat(world.messages.read(ANN, expiring, message.id()).messages()).containsExactly(message);
        world.pass(Duration.ofMillis(1));
    }

    @Test
    void lists_and_searches_leave_the_expired_out_S20() {
        assertThat(world.conversations.list(ANN, NEWEST).items()).extracting(head -> head.id())
                .containsExactly(lasting);
        assertThat(world.conversations.search(ANN, LISBON).items()).extracting(SearchHit::conversation)
                .containsExactly(lasting);
    }

    @Test
    void a_page_shortened_by_expired_conversations_still_has_a_cursor() {
        var first = world.conversations.list(ANN, new ListQuery(ListQuery.Sort.CREATED, 1, Optional.empty()));
        var all = first.next().isEmpty()
                ? first.items()
                : List.of(first, world.conversations.list(ANN, new ListQuery(ListQuery.Sort.CREATED, 1, first.next())))
                        .stream().flatMap(page -> page.items().stream()).toList();

        assertThat(all).extracting(head -> head.id()).containsExactly(lasting);
    }

    @Test
    void no_read_finds_the_expired_S20() {
        List<ThrowingCallable> reads = List.of(() -> world.conversations.get(ANN, expiring),
                () -> world.messages.read(ANN, expiring, Window.first(1)),
                () -> world.messages.read(ANN, expiring, message.id()),
                () -> world.messages.read(ANN, expiring, new MessageId(new UUID(9, 9))),
                () -> world.messages.changesSince(ANN, expiring, 0),
                () -> Collected.of(world, ANN, expiring),
                () -> world.conversations.fork(ANN, expiring, new Fork(given(7), message.id(), Optional.empty())));

        assertThat(reads).allSatisfy(
                read -> assertThatThrownBy(read).isInstanceOf(ConversationNotFound.class));
    }
}
