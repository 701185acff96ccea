package dev.confab.adapter.persistence.file.json;

import static dev.confab.adapter.persistence.file.json.StoredJson.list;
import static dev.confab.adapter.persistence.file.json.StoredJson.optional;
import static dev.confab.adapter.persistence.file.json.StoredJson.text;
import static dev.confab.adapter.persistence.file.json.StoredJson.time;
import static dev.confab.adapter.persistence.file.json.StoredJson.writeList;

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
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Turns in the files, without their conversation's id. Arguments of tool calls are a string: every character must come back. */
public final class StoredTurnJson {
    private enum Kind {
        QUEUED, RUNNING, AWAITING_APPROVAL, COMPLETED, CANCELLED, FAILED
    }

    private static final Labels<Kind> KINDS = new Labels<>("state", Kind.class);

    private StoredTurnJson() {
    }

    public static void write(JsonGenerator json, Turn turn) {
        json.writeStartObject();
        json.writeStringProperty("id", turn.id().toString());
        json.writeStringProperty("sessionId", turn.sessionId().toString());
        json.writeStringProperty("promptId", turn.promptId().toString());
        turn.replyId().ifPresent(id -> json.writeStringProperty("replyId", id.toString()));
        write(json, turn.state());
        json.writeNumberProperty("step", turn.step());
        turn.queuedAt().ifPresent(at -> json.writeStringProperty("queuedAt", at.toString()));
        json.writeStringProperty("startedAt", turn.startedAt().toString());
        turn.finishedAt().ifPresent(at -> json.writeStringProperty("finishedAt", at.toString()));
        writeList(json, "rounds", turn.rounds(), StoredTurnJson::write);
        turn.usage().ifPresent(usage -> {
            json.writeObjectPropertyStart("usage");
            json.writeNumberProperty("promptTokens", usage.promptTokens());
            json.writeNumberProperty("completionTokens", usage.completionTokens());
            json.writeEndObject();
        });
        json.writeStringProperty("digest", turn.digest().hex());
        json.writeEndObject();
    }

    public static Turn turn(ConversationId id, JsonNode json) {
        Optional<TokenUsage> usage = json.optional("usage").map(used -> new TokenUsage(
                used.required("promptTokens").longValue(), used.required("completionTokens").longValue()));
        return new Turn(TurnId.parse(text(json, "id")), id, SessionId.parse(text(json, "sessionId")),
                MessageId.parse(text(json, "promptId")), optional(json, "replyId").map(MessageId::parse),
                state(json), json.required("step").intValue(),
                optional(json, "queuedAt").map(StoredJson::time), time(json, "startedAt"),
                optional(json, "finishedAt").map(StoredJson::time),
                list(json.required("rounds"), StoredTurnJson::round), usage, new Digest(text(json, "digest")));
    }

    private static void write(JsonGenerator json, TurnState state) {
        switch (state) {
            case TurnState.Queued(var messages) -> {
                KINDS.write(json, Kind.QUEUED);
                writeList(json, "input", messages, StoredDraftJson::write);
            }
            case TurnState.Running running -> {
                KINDS.write(json, Kind.RUNNING);
                json.writeStringProperty("leaseUntil", running.leaseUntil().toString());
                json.writeStringProperty("said", running.partialText());
            }
            case TurnState.AwaitingApproval _ -> KINDS.write(json, Kind.AWAITING_APPROVAL);
            case TurnState.Completed _ -> KINDS.write(json, Kind.COMPLETED);
            case TurnState.Cancelled _ -> KINDS.write(json, Kind.CANCELLED);
            case TurnState.Failed failed -> {
                KINDS.write(json, Kind.FAILED);
                json.writeObjectPropertyStart("failure");
                json.writeStringProperty("code", failed.failure().code());
                json.writeStringProperty("detail", failed.failure().detail());
                json.writeEndObject();
            }
        }
    }

    private static TurnState state(JsonNode json) {
        return switch (KINDS.read(json)) {
            case QUEUED -> new TurnState.Queued(list(json.required("input"), StoredDraftJson::draft));
            case RUNNING -> new TurnState.Running(time(json, "leaseUntil"), text(json, "said"));
            case AWAITING_APPROVAL -> new TurnState.AwaitingApproval();
            case COMPLETED -> new TurnState.Completed();
            case CANCELLED -> new TurnState.Cancelled();
            case FAILED -> {
                JsonNode failure = json.required("failure");
                yield new TurnState.Failed(new TurnFailure(text(failure, "code"), text(failure, "detail")));
            }
        };
    }

    private static void write(JsonGenerator json, ToolRound round) {
        json.writeStartObject();
        json.writeStringProperty("text", round.text());
        writeList(json, "calls", round.calls(), StoredTurnJson::write);
        json.writeEndObject();
    }

    private static ToolRound round(JsonNode json) {
        return new ToolRound(text(json, "text"), list(json.required("calls"), StoredTurnJson::call));
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
        Optional<Approval> answer = json.optional("answer").map(given -> new Approval(
                given.required("approved").booleanValue(), optional(given, "reason")));
        return new ToolCall(text(json, "id"), text(json, "tool"), text(json, "arguments"),
                json.required("needsApproval").booleanValue(), answer, optional(json, "result"));
    }
}
