package dev.confab.domain.statistics;

import dev.confab.domain.statistics.Period.Moment;
import dev.confab.domain.statistics.StatisticsReport.Day;
import dev.confab.domain.statistics.StatisticsReport.Silence;
import dev.confab.domain.statistics.StatisticsReport.Streak;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The days on which something was said. Of more days than it may hold, those that come first in the messages are counted. Not thread-safe. */
final class ActiveDays {
    /** More than a hundred years. */
    static final int MOST = 40_000;

    private final NavigableMap<Long, OneDay> days = new TreeMap<>();
    private boolean incomplete;

    /** @param first the earliest time on that day, whatever the order of the messages */
    private record OneDay(Amount amount, Instant first, Instant last) {
        OneDay plus(OneDay other) {
            return new OneDay(amount.plus(other.amount), first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last);
        }
    }

    void add(Moment moment, Amount amount) {
        add(moment.day(), new OneDay(amount, moment.time(), moment.time()));
    }

    private void add(long day, OneDay more) {
        if (days.size() < MOST || days.containsKey(day)) {
            days.merge(day, more, OneDay::plus);
        } else {
            incomplete = true;
        }
    }

    void addAll(ActiveDays other) {
        other.days.forEach(this::add);
        incomplete |= other.incomplete;
    }

    int count() {
        return days.size();
    }

    boolean isIncomplete() {
        return incomplete;
    }

    Optional<Instant> first() {
        return Optional.ofNullable(days.firstEntry()).map(entry -> entry.getValue().first());
    }

    Optional<Instant> last() {
        return Optional.ofNullable(days.lastEntry()).map(entry -> entry.getValue().last());
    }

    /** The latest of them, in their order. */
    List<Day> latest(int most) {
        return days.entrySet().stream().skip(Math.max(0, days.size() - most))
                .map(entry -> new Day(LocalDate.ofEpochDay(entry.getKey()), entry.getValue().amount())).toList();
    }

    /** Of the longest times without a message over at least one midnight, the earliest. */
    Optional<Silence> longestSilence() {
        Optional<Silence> longest = Optional.empty();
        Optional<Instant> before = Optional.empty();
        for (OneDay day : days.values()) {
            longest = Silence.longer(longest, before.map(last -> new Silence(last, day.first())));
            before = Optional.of(day.last());
        }
        return longest;
    }

    /** Days that follow each other, in their order. */
    List<Streak> streaks() {
        var streaks = new ArrayList<Streak>();
        for (long day : days.keySet()) {
            LocalDate date = LocalDate.ofEpochDay(day);
            if (!streaks.isEmpty() && streaks.getLast().last().plusDays(1).equals(date)) {
                streaks.add(new Streak(streaks.removeLast().first(), date));
            } else {
                streaks.add(new Streak(date, date));
            }
        }
        return streaks;
    }

    /** About how many bytes of memory it takes. */
    int weight() {
        return days.size() * 160;
    }
}
