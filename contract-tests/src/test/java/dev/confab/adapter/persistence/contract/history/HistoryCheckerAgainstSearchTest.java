package dev.confab.adapter.persistence.contract.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Checks that {@link HistoryChecker} is sound and complete: generates small random histories, some of them wrong, and compares it with
 * a search through all serial orders.
 */
class HistoryCheckerAgainstSearchTest {
    private static final int HISTORIES = 5_000;

    private enum Kind {
        APPEND, UNKNOWN_APPEND, LOOK, READ
    }

    /**
     * @param number of the message that it appends
     * @param seen the messages that it saw; a transaction sees only their number
     */
    private record Op(Kind kind, int number, List<Integer> seen, long invoked, long returned) {
        boolean isAppend() {
            return kind == Kind.APPEND || kind == Kind.UNKNOWN_APPEND;
        }

        boolean fits(List<Integer> state) {
            return kind == Kind.READ ? seen.equals(state) : seen.size() == state.size();
        }
    }

    @Test
    void the_checker_agrees_with_trying_all_orders_on_every_small_history() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int good = 0;
        for (int round = 0; round < HISTORIES; round++) {
            List<Op> ops = spoil(random, made(random));
            boolean expected = hasOrder(ops, new ArrayList<>());
            var violations = HistoryChecker.check(recorded(ops));

            assertThat(violations.isEmpty()).as("seed %d, round %d: %s%n%s", seed, round, ops, violations)
                    .isEqualTo(expected);
            good += expected ? 1 : 0;
        }
        assertThat(good).as("seed %d: number of correct histories", seed).isBetween(HISTORIES / 10, HISTORIES * 9 / 10);
    }

    /** Operations that took effect one after another, each between its invocation and return; those of unknown outcome perhaps not. */
    private static List<Op> made(Random random) {
        List<Op> ops = new ArrayList<>();
        List<Integer> state = new ArrayList<>();
        for (int i = 1, moment = 20; i <= 2 + random.nextInt(5); i++, moment += 10) {
            Kind kind = Kind.values()[random.nextInt(4)];
            long invoked = moment - random.nextInt(17);
            long returned = kind == Kind.UNKNOWN_APPEND ? Operation.NEVER : moment + random.nextInt(17) + 1;
            ops.add(new Op(kind, i, List.copyOf(state), invoked, returned));
            if (kind == Kind.APPEND || kind == Kind.UNKNOWN_APPEND && random.nextBoolean()) {
                state.add(i);
            }
        }
        return ops;
    }

    /** In three of four cases, lets one operation see what another saw, or changes its time. */
    private static List<Op> spoil(Random random, List<Op> ops) {
        if (random.nextInt(4) > 0) {
            int at = random.nextInt(ops.size());
            Op op = ops.get(at);
            Op other = ops.get(random.nextInt(ops.size()));
            long invoked = random.nextBoolean() ? op.invoked() : 3 + random.nextInt(60);
            long returned = op.returned() == Operation.NEVER ? Operation.NEVER : Math.max(invoked + 1, op.returned());
            ops.set(at, new Op(op.kind(), op.number(), other.seen(), invoked, returned));
        }
        Collections.shuffle(ops, random);
        return ops;
    }

    private static boolean hasOrder(List<Op> left, List<Integer> state) {
        if (left.stream().allMatch(op -> op.kind() == Kind.UNKNOWN_APPEND)) {
            return true;
        }
        for (Op op : left) {
            boolean first = left.stream().noneMatch(other -> other.returned() < op.invoked());
            if (first && op.fits(state)) {
                var rest = new ArrayList<>(left);
                rest.remove(op);
                var next = new ArrayList<>(state);
                if (op.isAppend()) {
                    next.add(op.number());
                }
                if (hasOrder(rest, next)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static History recorded(List<Op> ops) {
        var builder = new HistoryBuilder().transact(1, 2, HistoryBuilder.starting());
        for (Op op : ops) {
            int count = op.seen().size();
            switch (op.kind()) {
                case APPEND ->
                    builder.transact(op.invoked(), op.returned(), HistoryBuilder.appending(count, op.number()));
                case UNKNOWN_APPEND ->
                    builder.outcomeUnknown(op.invoked(), HistoryBuilder.appending(count, op.number()));
                case LOOK -> builder.transact(op.invoked(), op.returned(), HistoryBuilder.reading(count));
                case READ -> builder.read(op.invoked(), op.returned(), count, messages(op.seen()));
            }
        }
        return builder.history;
    }

    private static List<Message> messages(List<Integer> numbers) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            messages.add(HistoryBuilder.append(HistoryBuilder.head(i), numbers.get(i)).message());
        }
        return messages;
    }
}
