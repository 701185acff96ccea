package dev.confab.application.session;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.BEN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.at;
import static dev.confab.application.conversation.World.given;
import static dev.confab.application.conversation.World.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.RequestedId;
import dev.confab.application.Sessions;
import dev.confab.application.Sessions.Creation;
import dev.confab.application.conversation.World;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionIdReused;
import dev.confab.domain.session.SessionNotFound;
import dev.confab.domain.session.SessionVersionConflict;
import dev.confab.domain.session.TooManySessions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionServiceTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final World world = new World();

    @Test
    void a_session_without_a_conversation_brings_one() {
        Session session = begin(MADE, Optional.empty());

        Conversation conversation = world.conversations.get(ANN, session.conversationId());
        assertThat(conversation.expiresAt()).isEmpty();
        assertThat(world.sessions.get(ANN, session.id())).isEqualTo(new SessionView(session, Optional.empty()));
        assertThat(world.sessions.current(ANN)).contains(new SessionView(session, Optional.empty()));
        assertThatThrownBy(() -> world.sessions.get(BEN, session.id())).isInstanceOf(SessionNotFound.class);
    }

    @Test
    void the_same_request_again_gives_the_session_and_another_with_its_id_is_refused_S10() {
        for (RequestedId id : new RequestedId[]{given(1), key("k")}) {
            Session session = begin(id, Optional.of(HOUR));

            var again = world.sessions.create(ANN, creation(id, Optional.empty(), Optional.of(HOUR)));

            assertThat(again.isNew()).isFalse();
            assertThat(again.value().session()).isEqualTo(session);
            assertThatThrownBy(() -> begin(id, Optional.empty())).isInstanceOf(SessionIdReused.class);
            assertThatThrownBy(() -> begin(id, world.started().id())).isInstanceOf(SessionIdReused.class);
            assertThat(world.sessions.create(BEN, creation(id, Optional.empty(), Optional.of(HOUR))).isNew()).isTrue();
        }
    }

    @Test
    void a_session_joins_a_conversation_that_is_there() {
        Conversation conversation = world.started("Hi");

        Session session = begin(given(1), conversation.id());

        assertThat(session.conversationId()).isEqualTo(conversation.id());
        assertThat(world.conversations.get(ANN, conversation.id())).isEqualTo(conversation);
        assertThatThrownBy(() -> begin(MADE, new ConversationId(new java.util.UUID(1, 1))))
                .isInstanceOf(ConversationNotFound.class);
        assertThatThrownBy(() -> world.sessions.create(BEN,
                creation(MADE, Optional.of(conversation.id()), Optional.empty())))
                .isInstanceOf(ConversationNotFound.class);
    }

    @Test
    void a_conversation_takes_so_many_sessions_and_no_more_until_one_expires() {
        Conversation conversation = world.started();
        for (int i = 0; i < Activity.MAX_SESSIONS; i++) {
            world.sessions.create(ANN, creation(MADE, Optional.of(conversation.id()), Optional.of(HOUR)));
        }
        assertThatThrownBy(() -> begin(MADE, conversation.id())).isInstanceOf(TooManySessions.class);

        world.pass(HOUR);

        assertThat(begin(MADE, conversation.id())).isNotNull();
    }

    @Test
    void the_session_activated_last_is_current_also_for_a_clock_that_is_behind() {
        Session ahead = begin(MADE, Optional.empty());
        world.pass(Duration.ofSeconds(-5));

        Session begun = begin(MADE, Optional.empty());
        assertThat(world.sessions.current(ANN)).contains(new SessionView(begun, Optional.empty()));

        world.sessions.activate(ANN, ahead.id());
        assertThat(world.sessions.current(ANN).orElseThrow().session().id()).isEqualTo(ahead.id());
    }

    @Test
    void a_life_out_of_bounds_is_refused() {
        for (Duration life : new Duration[]{Sessions.MIN_TIME_TO_LIVE.minusSeconds(1),
                Sessions.MAX_TIME_TO_LIVE.plusSeconds(1)}) {
            assertThatThrownBy(() -> begin(MADE, Optional.of(life))).isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    void an_expired_session_and_the_conversation_it_brought_are_gone_at_once_S20() {
        Session session = begin(given(1), Optional.of(HOUR));
        Conversation conversation = world.conversations.get(ANN, session.conversationId());

        world.pass(HOUR);

        assertThatThrownBy(() -> world.sessions.get(ANN, session.id())).isInstanceOf(SessionNotFound.class);
        assertThatThrownBy(() -> world.sessions.makePermanent(ANN, session.id(), Optional.empty()))
                .isInstanceOf(SessionNotFound.class);
        assertThat(world.sessions.current(ANN)).isEmpty();
        assertThat(world.sessions.list(ANN, new SessionQuery(10, Optional.empty())).items()).isEmpty();
        assertThatThrownBy(() -> world.conversations.get(ANN, conversation.id()))
                .isInstanceOf(ConversationNotFound.class);
        assertThatThrownBy(() -> world.messages.clear(ANN, conversation.id(), NONE))
                .isInstanceOf(ConversationNotFound.class);
        assertThatThrownBy(() -> world.conversations.delete(ANN, conversation.id(), NONE))
                .isInstanceOf(ConversationNotFound.class);
    }

    @Test
    void an_expired_conversation_does_not_keep_its_id() {
        Session first = begin(given(1), Optional.of(HOUR));
        world.pass(HOUR);

        var second = world.sessions.create(ANN, creation(given(1), Optional.empty(), Optional.of(HOUR)));

        assertThat(second.isNew()).isTrue();
        assertThat(second.value().session().conversationId()).isEqualTo(first.conversationId());
        assertThat(world.conversations.get(ANN, first.conversationId()).createdAt())
                .isEqualTo(second.value().session().createdAt());
    }

    @Test
    void the_sweep_removes_only_expired_sessions_and_conversations() {
        Session expiring = begin(MADE, Optional.of(HOUR));
        Session lasting = begin(MADE, Optional.of(HOUR.plusMillis(1)));
        Conversation used = world.started();
        Session guest = world.sessions.create(ANN, creation(MADE, Optional.of(used.id()), Optional.of(HOUR))).value()
                .session();
        world.pass(HOUR);

        assertThat(world.sessions.sweep()).isEqualTo(2);

        assertThat(world.sessions.sweep()).isZero();
        assertThat(world.reference.find(expiring.conversationId(), Instant.EPOCH)).isEmpty();
        assertThat(world.sessions.get(ANN, lasting.id()).session()).isEqualTo(lasting);
        assertThat(world.reference.activity(used.id(), guest.createdAt()).sessions()).isEmpty();
        assertThat(world.conversations.get(ANN, used.id())).isEqualTo(used);
    }

    @Test
    void the_sweep_takes_an_expired_conversation_out_of_the_bin_too() {
        Session session = begin(MADE, Optional.of(HOUR));
        world.conversations.delete(ANN, session.conversationId(), NONE);
        world.pass(HOUR);

        assertThatThrownBy(() -> world.conversations.restore(ANN, session.conversationId()))
                .isInstanceOf(ConversationNotFound.class);
        assertThat(world.sessions.sweep()).isOne();
        assertThat(world.reference.deletedBefore(world.now.plusSeconds(1), 10)).isEmpty();
    }

    @Test
    void a_session_that_is_kept_keeps_its_conversation() {
        Session session = begin(MADE, Optional.of(HOUR));

        Session kept = world.sessions.makePermanent(ANN, session.id(), Optional.of(new Title("Mine"))).session();

        assertThat(kept.lifetime()).isEqualTo(new Lifetime.Permanent());
        assertThat(kept.name()).contains(new Title("Mine"));
        assertThat(world.sessions.makePermanent(ANN, session.id(), Optional.empty()).session()).isEqualTo(kept);
        world.pass(HOUR);
        assertThat(world.sessions.get(ANN, session.id()).session()).isEqualTo(kept);
        assertThat(world.conversations.get(ANN, session.conversationId()).expiresAt()).isEmpty();
        assertThat(world.sessions.sweep()).isZero();
    }

    @Test
    void a_conversation_that_another_session_joins_stays() {
        Session first = begin(MADE, Optional.of(HOUR));

        Session second = begin(MADE, first.conversationId());

        world.pass(HOUR);
        assertThat(world.conversations.get(ANN, first.conversationId()).expiresAt()).isEmpty();
        assertThat(world.sessions.get(ANN, second.id()).session()).isEqualTo(second);
        assertThatThrownBy(() -> world.sessions.get(ANN, first.id())).isInstanceOf(SessionNotFound.class);
    }

    @Test
    void a_deleted_session_deletes_only_a_conversation_that_expires_with_it() {
        Session temporary = begin(MADE, Optional.of(HOUR));
        Session permanent = begin(given(1), Optional.empty());

        world.sessions.delete(ANN, temporary.id());
        world.sessions.delete(ANN, permanent.id());

        assertThat(world.reference.find(temporary.conversationId(), Instant.EPOCH)).isEmpty();
        assertThat(world.conversations.get(ANN, permanent.conversationId())).isNotNull();
        assertThatThrownBy(() -> world.sessions.delete(ANN, permanent.id())).isInstanceOf(SessionNotFound.class);
        assertThat(world.sessions.create(ANN, creation(given(1), Optional.empty(), Optional.empty())).isNew()).isTrue();
    }

    @Test
    void a_change_counts_the_sessions_own_version_and_can_be_held_to_it() {
        Session session = begin(MADE, Optional.empty());

        Session changed = world.sessions.change(ANN, session.id(), World::renamed, at(1)).session();

        assertThat(changed.version()).isEqualTo(new Version(2));
        assertThat(world.sessions.change(ANN, session.id(), World::renamed, at(2)).session()).isEqualTo(changed);
        assertThatThrownBy(() -> world.sessions.change(ANN, session.id(), World::renamed, at(1)))
                .isInstanceOf(SessionVersionConflict.class);
        assertThat(world.conversations.get(ANN, session.conversationId()).version()).isEqualTo(Version.FIRST);
    }

    @Test
    void the_current_session_is_the_one_activated_last() {
        Session first = begin(MADE, Optional.empty());
        world.pass(Duration.ofSeconds(1));
        Session second = begin(MADE, Optional.empty());
        assertThat(world.sessions.current(ANN).orElseThrow().session()).isEqualTo(second);
        world.pass(Duration.ofSeconds(1));

        SessionView activated = world.sessions.activate(ANN, first.id());

        assertThat(world.sessions.current(ANN)).contains(activated);
        assertThat(activated.session().version()).isEqualTo(first.version());
    }

    private Session begin(RequestedId id, Optional<Duration> life) {
        return world.sessions.create(ANN, creation(id, Optional.empty(), life)).value().session();
    }

    private Session begin(RequestedId id, ConversationId conversation) {
        return world.sessions.create(ANN, creation(id, Optional.of(conversation), Optional.empty())).value().session();
    }

    private static Creation creation(RequestedId id, Optional<ConversationId> conversation, Optional<Duration> life) {
        return new Creation(id, conversation, life,
                new Settings(Optional.of(new Title("Trip")), Optional.of("Be brief."),
                        Optional.empty(), Optional.empty(), new ContextVariables("{\"a\":1}")));
    }
}
