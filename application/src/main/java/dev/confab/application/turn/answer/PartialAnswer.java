package dev.confab.application.turn.answer;

import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnOutput;
import java.util.Optional;

/** The output of a running turn in this step. The results of the last round and the text may not be committed yet. */
public record PartialAnswer(int step, TurnOutput output) {

    /** The output; empty when the turn is in another step, so that this is not the latest. */
    public Optional<TurnOutput> in(Turn turn) {
        return turn.step() == step ? Optional.of(output) : Optional.empty();
    }
}
