package dev.confab.adapter.chatexport.whatsapp;

import dev.confab.domain.chatexport.DateOrder;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Finds the order of numbers in dates from all dates of a file. */
final class DateOrders {
    /** One of the two numbers must change so much more often than the other one to be the day. */
    private static final int MORE_OFTEN = 3;
    /** Of damaged files: one date in so many may not fit. */
    private static final int TOLERATED = 20;

    private final LocalDate latest;
    private final Map<DateOrder, Order> orders = new EnumMap<>(DateOrder.class);
    private Optional<DateNumbers> previous = Optional.empty();
    private long dates;
    private long firstChanges;
    private long secondChanges;

    /** How the dates look in one order. */
    private static final class Order {
        private long valid;
        private long backwards;
        private Optional<LocalDate> last = Optional.empty();

        void add(LocalDate date) {
            valid++;
            // A message that arrives late may be older by hours.
            if (last.filter(before -> date.isBefore(before.minusDays(1))).isPresent()) {
                backwards++;
            }
            last = Optional.of(date);
        }
    }

    /**
     * The order, and what shows it.
     *
     * @param reason empty when the form of the dates leaves no other order
     */
    record Decision(DateOrder order, Optional<String> reason) {
    }

    /** @param latest no date is later */
    DateOrders(LocalDate latest) {
        this.latest = latest;
    }

    void add(DateNumbers date) {
        dates++;
        for (DateOrder order : date.orders()) {
            date.in(order, latest).ifPresent(d -> orders.computeIfAbsent(order, _ -> new Order()).add(d));
        }
        previous.ifPresent(before -> {
            firstChanges += before.first() == date.first() ? 0 : 1;
            secondChanges += before.second() == date.second() ? 0 : 1;
        });
        previous = Optional.of(date);
    }

    /** Whether nearly all dates are dates in this order. */
    boolean fits(DateOrder order) {
        return Optional.ofNullable(orders.get(order)).filter(o -> (dates - o.valid) * TOLERATED <= dates).isPresent();
    }

    /** Empty when the file does not show it. */
    Optional<Decision> decide() {
        boolean isOpen = orders.size() > 1;
        List<DateOrder> possible = least(List.copyOf(orders.keySet()), order -> dates - of(order).valid);
        List<DateOrder> steady = least(possible, order -> of(order).backwards);
        // No phone writes a year of two digits first; only a file that is steady in no other order would show it.
        List<DateOrder> left = withoutYearFirst(steady);
        if (withoutYearFirst(possible).size() == 1 && left.size() == 1) {
            return decision(left.getFirst(), isOpen, "some of its dates cannot be read in another order");
        }
        if (left.size() == 1) {
            return decision(left.getFirst(), isOpen, "in another order the messages would not be in the order of time");
        }
        if (firstChanges >= MORE_OFTEN && firstChanges >= MORE_OFTEN * secondChanges) {
            return decision(DateOrder.DMY, isOpen, "the first number changes more often than the second");
        }
        if (secondChanges >= MORE_OFTEN && secondChanges >= MORE_OFTEN * firstChanges) {
            return decision(DateOrder.MDY, isOpen, "the second number changes more often than the first");
        }
        return Optional.empty();
    }

    private static List<DateOrder> withoutYearFirst(List<DateOrder> orders) {
        return orders.size() == 1 ? orders : orders.stream().filter(order -> order != DateOrder.YMD).toList();
    }

    private Optional<Decision> decision(DateOrder order, boolean isOpen, String reason) {
        return fits(order)
                ? Optional.of(new Decision(order, isOpen ? Optional.of(reason) : Optional.empty()))
                : Optional.empty();
    }

    private Order of(DateOrder order) {
        return Objects.requireNonNull(orders.get(order));
    }

    private static List<DateOrder> least(List<DateOrder> orders, ToLongFunction<DateOrder> measure) {
        long least = orders.stream().mapToLong(measure).min().orElse(0);
        return orders.stream().filter(order -> measure.applyAsLong(order) == least).toList();
    }
}
