package dev.confab.application.turn.run;

import dev.confab.domain.query.Window;
import java.time.Duration;
import java.util.Set;

/**
 * How turns are run.
 *
 * @param lease after this time without a renewal the instance that runs a turn counts as crashed
 * @param timeout how long a run may take, from the start or the last approval of its turn
 * @param historyMessages the maximum number of messages that the assistant receives, besides older system messages; 1..1000
 * @param maxRunning how many turns run on this instance at once; at least 1
 * @param toolsNeedingApproval the tools whose every call the user must approve
 */
public record TurnSettings(Duration lease, Duration timeout, int historyMessages, int maxRunning,
        Set<String> toolsNeedingApproval) {
    public TurnSettings {
        toolsNeedingApproval = Set.copyOf(toolsNeedingApproval);
        if (!lease.isPositive() || !timeout.isPositive()) {
            throw new IllegalArgumentException("a turn's lease and timeout must be positive");
        }
        if (maxRunning < 1) {
            throw new IllegalArgumentException("at least one turn must be allowed to run");
        }
        if (historyMessages < 1 || historyMessages > Window.MAX_LIMIT) {
            throw new IllegalArgumentException("the history must be 1 to " + Window.MAX_LIMIT + " messages");
        }
    }
}
