package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What servers answered while they were treated badly. All they may answer is success, or a 503 that says what is the matter and
 * when to try again.
 */
final class Tally {
    private static final Set<String> TEMPORARY = Set.of("lock-timeout", "storage-unavailable", "outcome-unknown");

    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    /** False for an allowed refusal; an {@link AssertionError} for any other. */
    boolean isSuccess(Api.Answer answer) {
        if (answer.status() / 100 == 2) {
            count("2xx");
            return true;
        }
        assertThat(answer.status()).as("%s", answer).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).as("%s", answer).contains("application/problem+json");
        assertThat(answer.headers().firstValueAsLong("Retry-After")).as("%s", answer).isPresent();
        String code = answer.body().get("code").asString();
        assertThat(code).as("%s", answer).isIn(TEMPORARY);
        assertThat(answer.body().get("repeatable").asBoolean()).as("not recorded, or of unknown outcome: %s", answer)
                .isEqualTo(!code.equals("outcome-unknown"));
        count("503 " + code);
        return false;
    }

    /** A request that the death of its server left without an answer. */
    void unanswered() {
        count("unanswered by a killed server");
    }

    private void count(String what) {
        counts.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
