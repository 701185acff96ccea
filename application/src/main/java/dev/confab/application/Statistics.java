package dev.confab.application;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.statistics.Period;
import dev.confab.domain.statistics.StatisticsReport;
import java.util.Optional;

/**
 * Counts what is in conversations, as of now: a report shows every change that was committed before it was asked for.
 *
 * <p>Both calls throw {@code InvalidValue} for a language without stop words, and {@link Busy}.
 */
public interface Statistics {

    /** Throws {@code ConversationNotFound}, and {@link Transfer.ChangedMeanwhile} if the conversation changes each time it is read. */
    OfConversation of(OwnerId owner, ConversationId id, Request request);

    /** Of the owner's live conversations, archived ones included. */
    OfOwner ofAll(OwnerId owner, Request request);

    /**
     * @param language of the stop words that are left out of the most used words: a code of ISO 639-1 or 639-3, or {@code none}; empty to
     *     recognise it
     */
    record Request(Period period, Optional<String> language) {
    }

    /** @param version of the conversation that was counted */
    record OfConversation(Version version, StatisticsReport report) {
    }

    /**
     * @param partial whether conversations were left out: damaged ones, and the longest ago updated ones beyond {@link #MOST_CONVERSATIONS}
     *     or {@link #MOST_MESSAGES}
     */
    record OfOwner(StatisticsReport report, boolean partial) {
        public static final int MOST_CONVERSATIONS = 1_000;
        public static final int MOST_MESSAGES = 1_000_000;
    }

    /** As many conversations are being counted as may be at once, and none was finished in time. */
    final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Busy() {
            super("too many conversations are being counted", null, false, false);
        }
    }
}
