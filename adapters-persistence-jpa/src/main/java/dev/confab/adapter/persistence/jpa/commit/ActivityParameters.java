package dev.confab.adapter.persistence.jpa.commit;

import dev.confab.adapter.persistence.jpa.row.ToolRoundsJson;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnState;
import dev.confab.domain.session.TurnState.Running;
import dev.confab.domain.work.ActivityChange;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Binds sessions and turns as the parameters of {@link ActivitySql}. */
final class ActivityParameters {
    /** Greater than the number of rows that one commit writes. */
    private static final long PLACES = 1_000_000;

    private final SqlParameters parameters;
    /** The revision of this commit; every later commit of the conversation has a higher one. */
    private final long revision;

    ActivityParameters(SqlParameters parameters, long revision) {
        this.parameters = parameters;
        this.revision = revision;
    }

    /**
     * A row to write.
     *
     * @param index its position among all that remain
     * @param started whether it started in this commit; if not, its ordinal stays
     */
    private record Row<T>(T value, int index, boolean started) {
    }

    static boolean hasSessions(ActivityChange change) {
        return !change.sessions().changed().isEmpty();
    }

    static boolean hasTurns(ActivityChange change) {
        return !change.turns().changed().isEmpty();
    }

    void bind(ActivityChange change) throws SQLException {
        if (hasSessions(change)) {
            bindSessions(change);
        }
        if (hasTurns(change)) {
            bindTurns(change);
        }
    }

    private void bindSessions(ActivityChange change) throws SQLException {
        List<Session> left = change.after().sessions();
        parameters.columns(left).uuid(session -> session.id().value());
        parameters.columns(rows(left, Session::id, change.sessions()))
                .uuid(of(session -> session.id().value()))
                .int8(this::ordinal)
                .text(of(session -> session.owner().value()))
                .text(of(session -> session.name().map(Title::value).orElse(null)))
                .time(of(session -> session.lifetime().expiry().orElse(null)))
                .text(of(session -> session.instructions().orElse(null)))
                .text(of(session -> session.model().orElse(null)))
                .text(of(session -> session.context().json()))
                .int8(of(session -> session.version().value()))
                .time(of(Session::createdAt))
                .time(of(Session::updatedAt))
                .time(of(Session::activatedAt))
                .bytea(row -> row.value().digest().bytes());
    }

    private void bindTurns(ActivityChange change) throws SQLException {
        List<Turn> left = change.after().turns();
        parameters.columns(left).uuid(turn -> turn.id().value());
        parameters.columns(rows(left, Turn::id, change.turns()))
                .uuid(of(turn -> turn.id().value()))
                .int8(this::ordinal)
                .uuid(of(turn -> turn.sessionId().value()))
                .uuid(of(turn -> turn.promptId().value()))
                .uuid(of(turn -> turn.replyId().map(MessageId::value).orElse(null)))
                .text(of(turn -> turn.state().label()))
                .time(of(turn -> running(turn).map(Running::leaseUntil).orElse(null)))
                .text(of(turn -> running(turn).map(Running::partialText).orElse(null)))
                .text(of(turn -> failure(turn).map(TurnFailure::code).orElse(null)))
                .text(of(turn -> failure(turn).map(TurnFailure::detail).orElse(null)))
                .int4(row -> row.value().step())
                .time(of(Turn::startedAt))
                .time(of(turn -> turn.finishedAt().orElse(null)))
                .text(of(turn -> ToolRoundsJson.write(turn.rounds())))
                .int8(of(turn -> turn.usage().map(TokenUsage::promptTokens).orElse(null)))
                .int8(of(turn -> turn.usage().map(TokenUsage::completionTokens).orElse(null)))
                .bytea(row -> row.value().digest().bytes());
    }

    /** In the order in which they started, so that an unfinished turn is written after those that ended. */
    private static <T, K> List<Row<T>> rows(List<T> left, Function<T, K> id, ActivityChange.Ids<K> ids) {
        return IntStream.range(0, left.size()).filter(i -> ids.changed().contains(id.apply(left.get(i))))
                .mapToObj(i -> new Row<>(left.get(i), i, ids.started().contains(id.apply(left.get(i))))).toList();
    }

    /** 0 for a row that keeps its ordinal. */
    private Long ordinal(Row<?> row) {
        return row.started() ? revision * PLACES + row.index() : 0L;
    }

    private static <T, C> Function<Row<T>, @Nullable C> of(Function<T, @Nullable C> value) {
        return row -> value.apply(row.value());
    }

    private static Optional<Running> running(Turn turn) {
        return turn.state() instanceof Running running ? Optional.of(running) : Optional.empty();
    }

    private static Optional<TurnFailure> failure(Turn turn) {
        return turn.state() instanceof TurnState.Failed(TurnFailure failure) ? Optional.of(failure) : Optional.empty();
    }
}
