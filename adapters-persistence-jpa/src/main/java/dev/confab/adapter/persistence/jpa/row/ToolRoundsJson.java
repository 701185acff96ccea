package dev.confab.adapter.persistence.jpa.row;

import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of a turn's tool rounds. The records here define the stored format, which renaming a class of the domain does not change. */
public final class ToolRoundsJson {
    /** Strict, so that JSON that {@link #write} cannot have written is rejected as damage. */
    private static final JsonMapper MAPPER = MetadataJson.strict()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();
    private static final TypeReference<List<StoredRound>> ROUNDS = new TypeReference<>() {
    };
    private static final String NONE = "[]";

    private ToolRoundsJson() {
    }

    public static String write(List<ToolRound> rounds) {
        return rounds.isEmpty() ? NONE : MAPPER.writeValueAsString(rounds.stream().map(StoredRound::of).toList());
    }

    /** Throws a {@link RuntimeException} for JSON that {@link #write} cannot have written. */
    static List<ToolRound> read(String json) {
        return json.equals(NONE)
                ? List.of()
                : MAPPER.readValue(json, ROUNDS).stream().map(StoredRound::toRound).toList();
    }

    private record StoredRound(String text, List<StoredCall> calls) {
        static StoredRound of(ToolRound round) {
            return new StoredRound(round.text(), round.calls().stream().map(StoredCall::of).toList());
        }

        ToolRound toRound() {
            return new ToolRound(text, calls.stream().map(StoredCall::toCall).toList());
        }
    }

    private record StoredCall(String id, String tool, String arguments, boolean needsApproval,
            @Nullable StoredAnswer answer, @Nullable String result) {
        static StoredCall of(ToolCall call) {
            return new StoredCall(call.id(), call.tool(), call.arguments(), call.needsApproval(),
                    call.approval().map(StoredAnswer::of).orElse(null), call.result().orElse(null));
        }

        ToolCall toCall() {
            return new ToolCall(id, tool, arguments, needsApproval,
                    Optional.ofNullable(answer).map(StoredAnswer::toAnswer),
                    Optional.ofNullable(result));
        }
    }

    private record StoredAnswer(boolean approved, @Nullable String reason) {
        static StoredAnswer of(Approval answer) {
            return new StoredAnswer(answer.approved(), answer.reason().orElse(null));
        }

        Approval toAnswer() {
            return new Approval(approved, Optional.ofNullable(reason));
        }
    }
}
