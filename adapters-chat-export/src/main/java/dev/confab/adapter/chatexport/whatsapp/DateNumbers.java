package dev.confab.adapter.chatexport.whatsapp;

import dev.confab.domain.chatexport.DateOrder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A date whose order is not known yet.
 *
 * @param yearFirst whether the first number has the digits of a year
 * @param yearLast whether the last number has them
 * @param dotted whether the numbers are separated by dots: then no language writes the month first
 */
record DateNumbers(int first, int second, int third, boolean yearFirst, boolean yearLast, boolean dotted) {
    /** WhatsApp did not exist before. */
    private static final int FIRST_YEAR = 2009;

    /** The orders that the form alone leaves open. */
    List<DateOrder> orders() {
        if (yearFirst) {
            return List.of(DateOrder.YMD);
        }
        if (dotted) {
            return List.of(DateOrder.DMY);
        }
        return yearLast ? List.of(DateOrder.DMY, DateOrder.MDY) : List.of(DateOrder.values());
    }

    /** The date in this order; empty if there is none between the first year of WhatsApp and {@code latest}. */
    Optional<LocalDate> in(DateOrder order, LocalDate latest) {
        try {
            LocalDate date = switch (order) {
                case DMY -> LocalDate.of(year(third), second, first);
                case MDY -> LocalDate.of(year(third), first, second);
                case YMD -> LocalDate.of(year(first), second, third);
            };
            return Optional.of(date).filter(d -> d.getYear() >= FIRST_YEAR && !d.isAfter(latest));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static int year(int number) {
        return number < 100 ? 2000 + number : number;
    }

    @Override
    public String toString() {
        String separator = dotted ? "." : "/";
        return first + separator + second + separator + third;
    }
}
