package dev.confab.application.turn.event;

import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.TurnEvents.TurnEvent.ApprovalRequired;
import dev.confab.application.TurnEvents.TurnEvent.Delta;
import dev.confab.application.TurnEvents.TurnEvent.Ended;
import dev.confab.application.TurnEvents.TurnEvent.MessageCompleted;
import dev.confab.application.TurnEvents.TurnEvent.Queued;
import dev.confab.application.TurnEvents.TurnEvent.Started;
import dev.confab.application.TurnEvents.TurnEvent.ToolCompleted;
import java.util.Arrays;

/** Events of a log with consecutive ids. */
sealed interface LogPart {

    long firstId();

    long lastId();

    /** @param id {@link #firstId()}..{@link #lastId()} */
    TurnEvent get(long id);

    /** About how much memory it takes. */
    long bytes();

    /** One event that is not a delta. */
    record Single(TurnEvent event) implements LogPart {
        private static final int SMALL = 1024;

        @Override
        public long firstId() {
            return event.id();
        }

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
            return switch (event) {
                case ToolCompleted completed -> SMALL + 2L * completed.result().length();
                case MessageCompleted completed -> SMALL + 2L * completed.message().weight();
                case Queued _,Started _,Delta _,ApprovalRequired _,Ended _ -> SMALL;
            };
        }
    }

    /** The deltas of one step as one text and the end of each in it: single characters cost a few bytes each, not an object. */
    final class Deltas implements LogPart {
        private final long firstId;
        private final StringBuilder text = new StringBuilder();
        private int[] ends = new int[16];
        private int count;

        Deltas(long firstId) {
            this.firstId = firstId;
        }

        void add(String delta) {
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, count * 2);
            }
            text.append(delta);
            ends[count++] = text.length();
        }

        @Override
        public long firstId() {
            return firstId;
        }

        @Override
        public long lastId() {
            return firstId + count - 1;
        }

        @Override
        public Delta get(long id) {
            int index = (int) (id - firstId);
            return new Delta(id, text.substring(index == 0 ? 0 : ends[index - 1], ends[index]));
        }

        @Override
        public long bytes() {
            return 2L * text.capacity() + 4L * ends.length;
        }
    }
}
