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

/** Goes through all conversations for which something is due, page by page, however many there are. */
public final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final int PAGE = 100;

    private Sweep() {
    }

    private enum Outcome {
        DONE,
        /** Another instance was faster, or it is no longer due; it is not listed any more. */
        NOT_DUE,
        /** Cannot be done now. */
        STUCK
    }

    /**
     * Returns for how many conversations the work was done.
     *
     * @param due at most so many of those that are due
     * @param work does what is due for one, and says whether it still was
     */
    public static int all(IntFunction<List<ConversationId>> due, Predicate<ConversationId> work) {
        Set<ConversationId> stuck = new HashSet<>();
        int done = 0;
        int settled;
        do {
            settled = done + stuck.size();
            // What is stuck stays listed: look past it, or it would hide the rest.
            for (ConversationId id : due.apply(PAGE + stuck.size())) {
                if (!stuck.contains(id)) {
                    switch (one(id, work)) {
                        case DONE -> done++;
                        case STUCK -> stuck.add(id);
                        case NOT_DUE -> {
                            // nothing to count
                        }
                    }
                }
            }
        } while (done + stuck.size() > settled);
        return done;
    }

    private static Outcome one(ConversationId id, Predicate<ConversationId> work) {
        try {
            return work.test(id) ? Outcome.DONE : Outcome.NOT_DUE;
        } catch (StorageUnavailable everythingElseWouldFailToo) {
            throw everythingElseWouldFailToo;
        } catch (RuntimeException thisOneOnly) {
            LOG.warn("conversation {} stays as it is until the next round", id, thisOneOnly);
            return Outcome.STUCK;
        }
    }
}
