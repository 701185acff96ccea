package dev.confab.bootstrap.campaign.hostile.attack;

import java.io.IOException;

/** One kind of attack. An answer that is not documented is an {@link AssertionError}. */
@FunctionalInterface
public interface Attack {

    /** Attacks once, and reports what was answered. */
    void once(Report report) throws IOException;

    /** Counts answers. */
    @FunctionalInterface
    interface Report {
        /** @param answer the status and a problem's code */
        void answered(String attack, String answer);
    }
}
