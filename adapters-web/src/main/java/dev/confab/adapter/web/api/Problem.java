package dev.confab.adapter.web.api;

import dev.confab.domain.session.TurnId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is told about a request that failed (RFC 9457), but for the request's id.
 *
 * @param status the code's, unless a server refused under a status of its own
 * @param currentVersion of a version conflict
 * @param turnId of the turn that is in progress
 * @param repeatable of what may pass later: whether certainly nothing was recorded
 * @param errors the places of the body that are wrong
 * @param headers to answer with
 */
record Problem(ProblemCode code, int status, String detail, Optional<Long> currentVersion,
        Optional<TurnId> turnId, Optional<Boolean> repeatable, List<PlaceError> errors, Map<String, String> headers) {

    /** One wrong place. */
    record PlaceError(String pointer, String detail) {
    }

    static Problem of(ProblemCode code, String detail) {
        return new Problem(code, code.status(), detail, Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
                Map.of());
    }

    Problem withStatus(int other) {
        return new Problem(code, other, detail, currentVersion, turnId, repeatable, errors, headers);
    }

    Problem at(Pointer place, String what) {
        return new Problem(code, status, detail, currentVersion, turnId, repeatable,
                List.of(new PlaceError(place.fragment(), what)), headers);
    }

    Problem withCurrentVersion(long version) {
        return new Problem(code, status, detail, Optional.of(version), turnId, repeatable, errors, headers);
    }

    Problem withTurnId(TurnId turn) {
        return new Problem(code, status, detail, currentVersion, Optional.of(turn), repeatable, errors, headers);
    }

    Problem withRepeatable(boolean nothingRecorded) {
        return new Problem(code, status, detail, currentVersion, turnId, Optional.of(nothingRecorded), errors, headers);
    }

    Problem withHeader(String name, String value) {
        var more = new TreeMap<>(headers);
        more.put(name, value);
        return new Problem(code, status, detail, currentVersion, turnId, repeatable, errors, more);
    }
}
