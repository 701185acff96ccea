package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.SkippedDamage;
import dev.confab.adapter.persistence.jpa.row.SessionEntity;
import dev.confab.adapter.persistence.jpa.row.TurnEntity;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.SessionView;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import jakarta.persistence.EntityManagerFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.data.domain.Limit;

/** Reads sessions and turns. */
public final class JpaSessionReads implements SessionReader {
    private static final Limit ONE = Limit.of(1);

    private final ReadTransactions transactions;
    private final ConversationRepository conversations;
    private final SessionRepository sessions;
    private final TurnRepository turns;
    private final SkippedDamage skipping = new SkippedDamage();

    public JpaSessionReads(EntityManagerFactory entityManagers) {
        transactions = new ReadTransactions(entityManagers);
        conversations = transactions.repository(ConversationRepository.class);
        sessions = transactions.repository(SessionRepository.class);
        turns = transactions.repository(TurnRepository.class);
    }

    @Override
    public Optional<SessionView> session(OwnerId owner, SessionId id, Instant now) {
        return transactions
                .read(() -> viewOf(sessions.first(owner.value(), id.value(), KeyLimits.of(now), ONE)));
    }

    @Override
    public Page<SessionView, SessionQuery.Key> sessions(OwnerId owner, SessionQuery query, Instant now) {
        return transactions.read(() -> {
            List<SessionEntity> found = page(owner.value(), query, KeyLimits.of(now));
            Page<SessionEntity, SessionQuery.Key> page = Page.of(found, query.limit(), SessionEntity::listKey);
            Map<SessionEntity.Key, TurnEntity> latest = latestTurns(page.items());
            return skipping.map(page, session -> view(session, latest));
        });
    }

    /** One more than the page holds, which shows whether another page follows. */
    private List<SessionEntity> page(String owner, SessionQuery query, Instant now) {
        Optional<SessionQuery.Key> after = query.after();
        return sessions.page(owner, now, after.map(SessionQuery.Key::createdAt).orElse(KeyLimits.LATEST),
                after.map(key -> key.id().value()).orElse(KeyLimits.LOWEST),
                after.map(key -> key.conversation().value()).orElse(KeyLimits.LOWEST), Limit.of(query.limit() + 1));
    }

    @Override
    public Optional<SessionView> current(OwnerId owner, Instant now) {
        return transactions.read(() -> viewOf(sessions.current(owner.value(), KeyLimits.of(now), ONE)));
    }

    @Override
    public Optional<Turn> turn(OwnerId owner, TurnId id, Instant now) {
        return transactions
                .read(() -> turns.first(owner.value(), id.value(), KeyLimits.of(now), ONE).map(TurnEntity::toTurn));
    }

    @Override
    public Activity activity(ConversationId id, Instant now) {
        return transactions.read(id, () -> {
            Conversation _ = conversations.liveOrNotFound(id, now);
            Activity all = all(id);
            List<Session> alive = all.sessions().stream().filter(session -> !session.isExpired(now)).toList();
            return new Activity(alive, all.turns());
        });
    }

    /** All sessions, the expired ones too, and turns of a conversation in whatever state it is; only in a transaction. */
    Activity all(ConversationId id) {
        return new Activity(sessions.of(id.value()).stream().map(SessionEntity::toSession).toList(),
                turns.of(id.value()).stream().map(TurnEntity::toTurn).toList());
    }

    @Override
    public List<ConversationId> expiredSessions(Instant now, int limit) {
        return transactions.read(() -> ids(
                sessions.expired(KeyLimits.of(now), limit, (long) limit * Activity.MAX_SESSIONS)));
    }

    @Override
    public List<ConversationId> expiredLeases(Instant now, int limit) {
        return transactions.read(() -> ids(turns.abandoned(KeyLimits.of(now), Limit.of(limit))));
    }

    private Optional<SessionView> viewOf(Optional<SessionEntity> row) {
        Map<SessionEntity.Key, TurnEntity> latest = latestTurns(row.stream().toList());
        return row.map(session -> view(session, latest));
    }

    private Map<SessionEntity.Key, TurnEntity> latestTurns(List<SessionEntity> rows) {
        List<UUID> ids = rows.stream().map(SessionEntity::conversationId).distinct().toList();
        return ids.isEmpty()
                ? Map.of()
                : turns.latest(ids, rows.stream().map(row -> row.key().id()).distinct().toList()).stream()
                        .collect(Collectors.toMap(TurnEntity::session, Function.identity()));
    }

    private static SessionView view(SessionEntity session, Map<SessionEntity.Key, TurnEntity> latest) {
        return new SessionView(session.toSession(),
                Optional.ofNullable(latest.get(session.key())).map(TurnEntity::toTurn));
    }

    private static List<ConversationId> ids(List<UUID> found) {
        return found.stream().map(ConversationId::new).toList();
    }
}
