/**
 * Checks that concurrent operations on a store have a serial order.
 *
 * <p>A {@link dev.confab.adapter.persistence.contract.history.History} records every
 * {@link dev.confab.adapter.persistence.contract.history.Operation} of many threads: when it was invoked, when it returned and
 * what it observed. Afterwards {@link dev.confab.adapter.persistence.contract.history.HistoryChecker} puts the commits into the
 * order of their versions ({@code CommitOrder}), replays them to obtain the state after each ({@code Replay},
 * {@code StatesByVersion}), compares every operation with the state it observed ({@code OrderCheck}, {@code ReadCheck}), and
 * compares the order with real time ({@code RealTimeCheck}). Histories and this kind of check are known from Jepsen and Knossos.
 */
@NullMarked
package dev.confab.adapter.persistence.contract.history;

import org.jspecify.annotations.NullMarked;
