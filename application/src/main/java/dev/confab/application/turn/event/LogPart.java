package dev.confab.application.turn.event;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.TurnEvents.TurnEvent.MessageCompleted;

/** Events of a log whose ids follow each other without a gap. */
sealed interface LogPart permits Deltas, LogPart.One {

    long lastId();

    /** @param id one of these events' */
    TurnEvent get(long id);

    /** About how much memory it takes. */
    long bytes();

    record One(TurnEvent event) implements LogPart {
        private static final int SMALL = 1024;

        @Override
        public long lastId() {
            return event.id();
        }

        @Override
        public TurnEvent get(long id) {
            return event;
        }

        @Override
        public long bytes() {
            return event instanceof MessageCompleted completed ? SMALL + 2L * completed.message().weight() : SMALL;
        }
    }
}
