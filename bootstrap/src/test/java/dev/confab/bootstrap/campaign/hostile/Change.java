package dev.confab.bootstrap.campaign.hostile;

import dev.confab.bootstrap.campaign.Api.Stored;
import java.util.List;

/** What the server acknowledged about a conversation: a change, or what a read returned. */
sealed interface Change {

    /** The conversation's version afterwards. */
    long version();

    record Appended(long version, List<Stored> messages) implements Change {
    }

    record Edited(long version, String id, String text) implements Change {
    }

    record Titled(long version, String title) implements Change {
    }

    record Labelled(long version, String label) implements Change {
    }

    /** @param count how many messages were left */
    record Truncated(long version, String last, int count) implements Change {
    }

    record Cleared(long version) implements Change {
    }

    record Deleted(long version) implements Change {
    }

    record Restored(long version) implements Change {
    }

    /** @param last the last messages, at most {@link #LIMIT}, in order */
    record Read(long version, List<Stored> last) implements Change {
        static final int LIMIT = 20;
    }
}
