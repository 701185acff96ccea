package dev.confab.adapter.web.ui;

/** Whether the store works now, for the line that every page shows. */
@FunctionalInterface
public interface StoreStatus {
    State now();

    /** In the order of severity. */
    enum State {
        WORKS, DEGRADED, DOWN
    }
}
