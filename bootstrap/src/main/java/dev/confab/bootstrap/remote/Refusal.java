package dev.confab.bootstrap.remote;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.terminal.PrintableText;
import dev.confab.domain.access.Scope;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An answer of a server that is no success: its status, and the code and the detail of the problem. */
record Refusal(int status, String code, String detail) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The members of a problem that are shown. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Problem(@Nullable String code, @Nullable String detail) {
    }

    /** @param body a problem; if it is something else, it is shown as it is */
    static Refusal of(int status, byte[] body) {
        try {
            Problem problem = JSON.readValue(body, Problem.class);
            if (problem.code() != null && problem.detail() != null) {
                return new Refusal(status, problem.code(), problem.detail());
            }
        } catch (JacksonException noProblem) {
            // A proxy, or a server of another kind, answers with other text.
        }
        return new Refusal(status, "", new String(body, StandardCharsets.UTF_8).strip());
    }

    /** @param needed the scopes that the call needs */
    CannotStart asFailure(URI server, Scope... needed) {
        String action = switch (status) {
            case 401, 403 -> "Set " + RunningServer.TOKEN + " in the environment, or --token-file, to a token with the"
                    + (needed.length == 1 ? " scope " : " scopes ")
                    + Arrays.stream(needed).map(Scope::code).collect(Collectors.joining(" and ")) + ".";
            default -> "";
        };
        String message = "The server " + server + " answered " + status + (code.isEmpty() ? "" : " " + code) + ": "
                + detail;
        return new CannotStart(PrintableText.flowing(message), action, exit(), new IOException("status " + status));
    }

    private ExitStatus exit() {
        if (code.equals(ProblemCode.CONVERSATION_NOT_FOUND.code())) {
            return ExitStatus.NO_INPUT;
        }
        if (code.equals(ProblemCode.INVALID_CURSOR.code())) {
            return ExitStatus.USAGE;
        }
        return switch (status) {
            case 429, 503 -> ExitStatus.TEMPORARY;
            case 401, 403 -> ExitStatus.CONFIG;
            default -> status < 500 ? ExitStatus.DATA : ExitStatus.UNAVAILABLE;
        };
    }
}
