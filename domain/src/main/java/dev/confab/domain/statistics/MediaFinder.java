package dev.confab.domain.statistics;

import dev.confab.domain.conversation.Message;
import java.util.List;

/** Finds the files that were sent with a message, in what its data say of them. Safe for use by many threads. */
@FunctionalInterface
public interface MediaFinder {
    /** Finds none. */
    MediaFinder NONE = _ -> Found.NOTHING;

    Found find(Message message);

    /**
     * The files of one message.
     *
     * @param standsInText whether the first line of the text only stands for the file, as {@code <Media omitted>}, and is not what
     *     somebody wrote
     */
    record Found(List<MediaKind> kinds, boolean standsInText) {
        public static final Found NOTHING = new Found(List.of(), false);

        public Found {
            kinds = List.copyOf(kinds);
        }
    }
}
