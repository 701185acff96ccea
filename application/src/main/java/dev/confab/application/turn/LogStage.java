package dev.confab.application.turn;

import dev.confab.application.TurnEvents.TurnEvent;
import java.util.List;

/** A run's events go into its log, and whoever follows is told. */
record LogStage(Active active, Watchers watchers, Noticing noticing) implements Run.Stage {
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
    public void ended(Ending ending) {
        noticing.ended(ending);
    }

    @Override
    public void refused() {
        noticing.lookAt(active.turn().conversationId());
    }
}
