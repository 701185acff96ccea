package dev.confab.application.conversation;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.StorageUnavailable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Processes all conversations for which something is due, page by page. */
public final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int PAGE = 100;

    private Sweep() {
    }

    /**
     * Returns how many conversations were processed.
     *
     * @param due lists due conversations, at most as many as its argument
     * @param work processes one conversation; returns false when there was nothing to do
     */
    public static int all(IntFunction<List<ConversationId>> due, Predicate<ConversationId> work) {
        Set<ConversationId> left = new HashSet<>();
        int done = 0;
        int settled;
        do {
            settled = done + left.size();
            // A conversation that failed or was left as it is may stay listed: ask for more than those, or they would hide the rest.
            for (ConversationId id : due.apply(PAGE + left.size())) {
                try {
                    if (!left.contains(id) && work.test(id)) {
                        done++;
                    } else {
                        left.add(id);
                    }
                } catch (StorageUnavailable allOthersWouldFailToo) {
                    throw allOthersWouldFailToo;
                } catch (RuntimeException thisOneOnly) {
                    LOG.warn("Sweep: conversation {} failed and is skipped until the next round", id, thisOneOnly);
                    left.add(id);
                }
            }
        } while (done + left.size() > settled);
        return done;
    }
}
