package dev.confab.adapter.web.trace;

import java.util.Optional;

/** The trace of the current thread. The application provides it when traces are on. */
@FunctionalInterface
public interface CurrentTrace {

    /** The id of the trace: 32 hex digits in lower case. Empty outside of a trace. */
    Optional<String> id();
}
