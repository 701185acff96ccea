package dev.confab.application.turn.run;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.turn.event.TurnOutcome;
import dev.confab.application.turn.event.TurnWatchers;
import java.util.List;

/** A run's events go into its log, and whoever follows is told. */
record LogStage(RunningTurn active, TurnWatchers watchers, TurnEndings noticing) implements TurnRun.Stage {
    @Override
    public void say(int step, String text) {
        active.log().say(step, text);
        watchers.tell(active.turn().id());
    }

    @Override
    public void asked(TurnEvent event) {
        active.log().add(List.of(event));
        watchers.tell(active.turn().id());
    }

    @Override
    public void ended(TurnOutcome ending) {
        noticing.ended(ending);
    }

    @Override
    public void refused() {
        noticing.lookAt(active.turn().conversationId());
    }
}
