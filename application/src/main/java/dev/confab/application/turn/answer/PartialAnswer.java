package dev.confab.application.turn.answer;

import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The answer of a running turn so far, which may not be committed yet.
 *
 * @param step the turn's step in which the text was produced
 * @param text since the last round of tools
 */
public record PartialAnswer(int step, String text) {

    /** The text of the whole answer so far; empty when the turn is in another step, so that this text is not the latest. */
    public Optional<String> in(Turn turn) {
        return turn.step() != step
                ? Optional.empty()
                : Optional.of(turn.rounds().stream().map(ToolRound::text).collect(Collectors.joining("", "", text)));
    }
}
