package dev.confab.application.turn.run;

import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a runner has said by now, at least partly not committed.
 *
 * @param step that it says it in
 * @param text since the last round
 */
public record PartialAnswer(int step, String text) {

    /** All of the answer so far; empty when the turn is not in this step, so that this text is not its latest. */
    public Optional<String> in(Turn turn) {
        return turn.step() != step
                ? Optional.empty()
                : Optional.of(turn.rounds().stream().map(ToolRound::text).collect(Collectors.joining("", "", text)));
    }
}
