package dev.confab.adapter.persistence.jpa.commit;

import static dev.confab.adapter.persistence.jpa.commit.SqlParameters.Type.BYTEA;
import static dev.confab.adapter.persistence.jpa.commit.SqlParameters.Type.INT4;
import static dev.confab.adapter.persistence.jpa.commit.SqlParameters.Type.INT8;
import static dev.confab.adapter.persistence.jpa.commit.SqlParameters.Type.TEXT;
import static dev.confab.adapter.persistence.jpa.commit.SqlParameters.Type.TIMESTAMPTZ;
import static dev.confab.adapter.persistence.jpa.commit.SqlParameters.Type.UUID;

import dev.confab.adapter.persistence.jpa.row.ToolRoundsJson;
import dev.confab.adapter.persistence.jpa.row.TurnInputJson;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnState;
import dev.confab.domain.session.TurnState.Running;
import dev.confab.domain.work.ActivityChange;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Binds sessions and turns as the parameters of {@link ActivitySql}, in the order of the activity: a turn that begins
 * is written after the one that ended before it.
 *
 * @param revision the revision of this commit; every later commit of the conversation has a higher one
 */
record ActivityParameters(SqlParameters parameters, long revision) {
    /** Greater than the number of rows that one commit writes. */
    private static final long PLACES = 1_000_000;

    static boolean hasSessions(ActivityChange change) {
        return !change.sessions().changed().isEmpty();
    }

    static boolean hasTurns(ActivityChange change) {
        return !change.turns().changed().isEmpty();
    }

    void bind(ActivityChange change) throws SQLException {
        if (hasSessions(change)) {
            bindSessions(change.after().sessions(), change.sessions());
        }
        if (hasTurns(change)) {
            bindTurns(change.after().turns(), change.turns());
        }
    }

    private void bindSessions(List<Session> left, ActivityChange.Ids<SessionId> ids) throws SQLException {
        parameters.columns(left).add(UUID, session -> session.id().value());
        parameters.columns(left.stream().filter(session -> ids.changed().contains(session.id())).toList())
                .add(UUID, session -> session.id().value())
                .add(INT8, session -> ordinal(ids.started().contains(session.id()), left.indexOf(session)))
                .add(TEXT, session -> session.owner().value())
                .add(TEXT, session -> session.name().map(Title::value).orElse(null))
                .add(TIMESTAMPTZ, session -> session.lifetime().expiry().orElse(null))
                .add(TEXT, session -> session.instructions().orElse(null))
                .add(TEXT, session -> session.model().orElse(null))
                .add(INT4, session -> session.contextTokens().map(TokenBudget::tokens).orElse(null))
                .add(TEXT, session -> session.context().json())
                .add(INT8, session -> session.version().value())
                .add(TIMESTAMPTZ, Session::createdAt)
                .add(TIMESTAMPTZ, Session::updatedAt)
                .add(TIMESTAMPTZ, Session::activatedAt)
                .add(BYTEA, session -> session.digest().bytes());
    }

    private void bindTurns(List<Turn> left, ActivityChange.Ids<TurnId> ids) throws SQLException {
        parameters.columns(left).add(UUID, turn -> turn.id().value());
        parameters.columns(left.stream().filter(turn -> ids.changed().contains(turn.id())).toList())
                .add(UUID, turn -> turn.id().value())
                .add(INT8, turn -> ordinal(ids.started().contains(turn.id()), left.indexOf(turn)))
                .add(UUID, turn -> turn.sessionId().value())
                .add(UUID, turn -> turn.promptId().value())
                .add(UUID, turn -> turn.replyId().map(MessageId::value).orElse(null))
                .add(TEXT, turn -> turn.state().label())
                .add(TIMESTAMPTZ, turn -> running(turn).map(Running::leaseUntil).orElse(null))
                .add(TEXT, turn -> running(turn).map(Running::partialText).orElse(null))
                .add(TEXT, turn -> failure(turn).map(TurnFailure::code).orElse(null))
                .add(TEXT, turn -> failure(turn).map(TurnFailure::detail).orElse(null))
                .add(INT4, Turn::step)
                .add(TIMESTAMPTZ, turn -> turn.queuedAt().orElse(null))
                .add(TEXT, turn -> turn.isQueued() ? TurnInputJson.write(turn.queuedMessages()) : null)
                .add(TIMESTAMPTZ, Turn::startedAt)
                .add(TIMESTAMPTZ, turn -> turn.finishedAt().orElse(null))
                .add(TEXT, turn -> ToolRoundsJson.write(turn.rounds()))
                .add(INT8, turn -> turn.usage().map(TokenUsage::promptTokens).orElse(null))
                .add(INT8, turn -> turn.usage().map(TokenUsage::completionTokens).orElse(null))
                .add(BYTEA, turn -> turn.digest().bytes());
    }

    /** 0 for a row that keeps its ordinal, because it neither started in this commit nor ceased to wait. */
    private long ordinal(boolean started, int index) {
        return started ? revision * PLACES + index : 0;
    }

    private static Optional<Running> running(Turn turn) {
        return turn.state() instanceof Running running ? Optional.of(running) : Optional.empty();
    }

    private static Optional<TurnFailure> failure(Turn turn) {
        return turn.state() instanceof TurnState.Failed(TurnFailure failure) ? Optional.of(failure) : Optional.empty();
    }
}
