package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnState;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Turns as JSON, as {@link Json} writes values. Their conversation stands around them. A call's arguments stay a string. */
final class TurnJson {
    private TurnJson() {
    }

    static void write(JsonGenerator json, Turn turn) {
        json.writeStartObject();
        json.writeStringProperty("id", turn.id().toString());
        json.writeStringProperty("sessionId", turn.sessionId().toString());
        json.writeStringProperty("promptId", turn.promptId().toString());
        turn.replyId().ifPresent(id -> json.writeStringProperty("replyId", id.toString()));
        write(json, turn.state());
        json.writeNumberProperty("step", turn.step());
        json.writeStringProperty("startedAt", turn.startedAt().toString());
        turn.finishedAt().ifPresent(at -> json.writeStringProperty("finishedAt", at.toString()));
        json.writeArrayPropertyStart("rounds");
        turn.rounds().forEach(round -> write(json, round));
        json.writeEndArray();
        turn.usage().ifPresent(usage -> {
            json.writeObjectPropertyStart("usage");
            json.writeNumberProperty("promptTokens", usage.promptTokens());
            json.writeNumberProperty("completionTokens", usage.completionTokens());
            json.writeEndObject();
        });
        json.writeStringProperty("digest", turn.digest().hex());
        json.writeEndObject();
    }

    static Turn turn(ConversationId id, JsonNode json) {
        Optional<TokenUsage> usage = Optional.ofNullable(json.get("usage")).map(used -> new TokenUsage(
                used.required("promptTokens").longValue(), used.required("completionTokens").longValue()));
        return new Turn(TurnId.parse(Json.text(json, "id")), id, SessionId.parse(Json.text(json, "sessionId")),
                MessageId.parse(Json.text(json, "promptId")), Json.optional(json, "replyId").map(MessageId::parse),
                state(json), json.required("step").intValue(), Json.time(json, "startedAt"),
                Json.optional(json, "finishedAt").map(Json::time),
                SessionJson.list(json.required("rounds"), TurnJson::round), usage,
                new Digest(Json.text(json, "digest")));
    }

    /** By its label, and beside it what the state carries. */
    private static void write(JsonGenerator json, TurnState state) {
        json.writeStringProperty("state", state.label());
        switch (state) {
            case TurnState.Running running -> {
                json.writeStringProperty("leaseUntil", running.leaseUntil().toString());
                json.writeStringProperty("said", running.partialText());
            }
            case TurnState.Failed failed -> {
                json.writeObjectPropertyStart("failure");
                json.writeStringProperty("code", failed.failure().code());
                json.writeStringProperty("detail", failed.failure().detail());
                json.writeEndObject();
            }
            case TurnState.AwaitingApproval _,TurnState.Completed _,TurnState.Cancelled _ -> {
                // the label says all
            }
        }
    }

    private static TurnState state(JsonNode json) {
        return switch (Json.text(json, "state")) {
            case "running" -> new TurnState.Running(Json.time(json, "leaseUntil"), Json.text(json, "said"));
            case "awaiting-approval" -> new TurnState.AwaitingApproval();
            case "completed" -> new TurnState.Completed();
            case "cancelled" -> new TurnState.Cancelled();
            case "failed" -> {
                JsonNode failure = json.required("failure");
                yield new TurnState.Failed(new TurnFailure(Json.text(failure, "code"), Json.text(failure, "detail")));
            }
            default -> throw new IllegalArgumentException("unknown state " + Json.text(json, "state"));
        };
    }

    private static void write(JsonGenerator json, ToolRound round) {
        json.writeStartObject();
        json.writeStringProperty("text", round.text());
        json.writeArrayPropertyStart("calls");
        round.calls().forEach(call -> write(json, call));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static ToolRound round(JsonNode json) {
        List<ToolCall> calls = SessionJson.list(json.required("calls"), TurnJson::call);
        return new ToolRound(Json.text(json, "text"), calls);
    }

    private static void write(JsonGenerator json, ToolCall call) {
        json.writeStartObject();
        json.writeStringProperty("id", call.id());
        json.writeStringProperty("tool", call.tool());
        json.writeStringProperty("arguments", call.arguments());
        json.writeBooleanProperty("needsApproval", call.needsApproval());
        call.approval().ifPresent(answer -> {
            json.writeObjectPropertyStart("answer");
            json.writeBooleanProperty("approved", answer.approved());
            answer.reason().ifPresent(reason -> json.writeStringProperty("reason", reason));
            json.writeEndObject();
        });
        call.result().ifPresent(result -> json.writeStringProperty("result", result));
        json.writeEndObject();
    }

    private static ToolCall call(JsonNode json) {
        Optional<Approval> answer = Optional.ofNullable(json.get("answer")).map(given -> new Approval(
                given.required("approved").booleanValue(), Json.optional(given, "reason")));
        return new ToolCall(Json.text(json, "id"), Json.text(json, "tool"), Json.text(json, "arguments"),
                json.required("needsApproval").booleanValue(), answer, Json.optional(json, "result"));
    }
}
