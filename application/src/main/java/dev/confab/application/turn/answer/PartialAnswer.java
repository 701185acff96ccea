package dev.confab.application.turn.answer;

import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import java.util.Optional;
import java.util.stream.Collectors;

/** The answer of a running turn in this step, since the last round of tools. It may not be committed yet. */
public record PartialAnswer(int step, String text) {

    /** The text of the whole answer so far; empty when the turn is in another step, so that this text is not the latest. */
    public Optional<String> in(Turn turn) {
        return turn.step() != step
                ? Optional.empty()
                : Optional.of(turn.rounds().stream().map(ToolRound::text).collect(Collectors.joining("", "", text)));
    }
}
