package dev.confab.application.turn.run;

import dev.confab.domain.query.Window;
import java.time.Duration;
import java.util.Set;

/**
 * How turns are run.
 *
 * @param lease for how long a runner that is not heard of counts as alive; it says so three times as often
 * @param timeout how long a run may take, from its start or from the last answer to its questions on
 * @param historyMessages how many messages an assistant is told at most; 1..1000
 * @param toolsNeedingApproval the names of the tools that a person must approve of, call by call
 */
public record TurnSettings(Duration lease, Duration timeout, int historyMessages, Set<String> toolsNeedingApproval) {
    public static final TurnSettings DEFAULT = new TurnSettings(Duration.ofSeconds(30), Duration.ofMinutes(5), 200,
            Set.of("search_conversations"));

    public TurnSettings {
        toolsNeedingApproval = Set.copyOf(toolsNeedingApproval);
        if (!lease.isPositive() || !timeout.isPositive()) {
            throw new IllegalArgumentException("a turn's lease and its time limit must be longer than nothing");
        }
        if (historyMessages < 1 || historyMessages > Window.MAX_LIMIT) {
            throw new IllegalArgumentException("the history must be 1 to " + Window.MAX_LIMIT + " messages");
        }
    }
}
