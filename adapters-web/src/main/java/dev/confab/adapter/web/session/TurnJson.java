package dev.confab.adapter.web.session;

import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnState.Failed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn.
 *
 * @param queuedAt null unless it waited
 * @param usage null when the assistant does not count tokens
 * @param failure null unless it failed
 */
public record TurnJson(String id, String sessionId, String conversationId, String state, String promptMessageId,
        @Nullable String replyMessageId, @Nullable String queuedAt, String startedAt, @Nullable String finishedAt,
        List<ToolCallJson> calls,
        @Nullable TokenUsage usage, @Nullable TurnFailure failure) {

    public static TurnJson from(Turn turn) {
        return new TurnJson(turn.id().toString(), turn.sessionId().toString(), turn.conversationId().toString(),
                turn.state().label(), turn.promptId().toString(), turn.replyId().map(MessageId::toString).orElse(null),
                turn.queuedAt().map(ResponseJson::time).orElse(null), ResponseJson.time(turn.startedAt()),
                turn.finishedAt().map(ResponseJson::time).orElse(null),
                turn.calls().stream().map(ToolCallJson::from).toList(),
                turn.usage().orElse(null), turn.state() instanceof Failed(var failure) ? failure : null);
    }
}
