package dev.confab.bootstrap.campaign.hostile;

import dev.confab.bootstrap.campaign.Api.Stored;
import java.util.List;

/** What the server acknowledged about a conversation: a change, or what a read returned. */
sealed interface AcknowledgedChange {

    /** The conversation's version afterwards. */
    long version();

    record Appended(long version, List<Stored> messages) implements AcknowledgedChange {
    }

    record Edited(long version, String id, String text) implements AcknowledgedChange {
    }

    record Titled(long version, String title) implements AcknowledgedChange {
    }

    record Labelled(long version, String label) implements AcknowledgedChange {
    }

    /** @param count how many messages were left */
    record Truncated(long version, String last, int count) implements AcknowledgedChange {
    }

    record Cleared(long version) implements AcknowledgedChange {
    }

    record Deleted(long version) implements AcknowledgedChange {
    }

    record Restored(long version) implements AcknowledgedChange {
    }

    /** @param last the last messages, at most {@link #LIMIT}, in order */
    record Read(long version, List<Stored> last) implements AcknowledgedChange {
        static final int LIMIT = 20;
    }
}
