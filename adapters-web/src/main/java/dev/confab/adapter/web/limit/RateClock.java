package dev.confab.adapter.web.limit;

import java.util.function.LongSupplier;

/** The monotonic clock of the rates, in nanoseconds. Without a bean of this type it is that of the system. */
@FunctionalInterface
public interface RateClock extends LongSupplier {
}
