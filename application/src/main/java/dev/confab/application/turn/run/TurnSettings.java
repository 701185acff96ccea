package dev.confab.application.turn.run;

import dev.confab.domain.session.Session.TokenBudget;
import java.time.Duration;
import java.util.Set;

/**
 * How turns are run.
 *
 * @param lease after this time without a renewal the instance that runs a turn counts as crashed
 * @param timeout how long a run may take, from the start or the last approval of its turn
 * @param contextTokens how much an assistant is told at most, unless the session says otherwise
 * @param maxRunning how many turns run on this instance at once; at least 1
 * @param toolsNeedingApproval the tools whose every call the user must approve
 */
public record TurnSettings(Duration lease, Duration timeout, TokenBudget contextTokens, int maxRunning,
        Set<String> toolsNeedingApproval) {
    public TurnSettings {
        toolsNeedingApproval = Set.copyOf(toolsNeedingApproval);
        if (!lease.isPositive() || !timeout.isPositive()) {
            throw new IllegalArgumentException("a turn's lease and timeout must be positive");
        }
        if (maxRunning < 1) {
            throw new IllegalArgumentException("at least one turn must be allowed to run");
        }
    }
}
