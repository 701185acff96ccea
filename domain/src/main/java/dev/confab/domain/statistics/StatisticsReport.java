package dev.confab.domain.statistics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was counted. Lists are sorted by their numbers, the greatest first, and cut; days are in their order.
 *
 * @param conversations how many were counted
 * @param people at most {@link #MOST_PEOPLE}
 * @param morePeople whether more people wrote
 * @param days those with messages, at most the latest {@link #MOST_DAYS}
 * @param moreDays whether there are more of them
 * @param activeDays how many days have messages
 * @param hours 24 of them
 * @param weekdays 7 of them, Monday first
 * @param lastStreak the one that ends with the last message
 * @param answers at most {@link #MOST_ANSWERS}
 * @param language of the stop words that were left out of {@code words}; empty if none were
 * @param words at most {@link #MOST_TEXTS}
 * @param emoji at most {@link #MOST_TEXTS}
 * @param media each kind that was sent
 */
public record StatisticsReport(int conversations, Amount total, List<PersonAmount> people, boolean morePeople,
        List<Day> days, boolean moreDays, int activeDays, List<Amount> hours, List<Amount> weekdays,
        Optional<Instant> first, Optional<Instant> last, Optional<Streak> longestStreak, Optional<Streak> lastStreak,
        Optional<Silence> longestSilence, List<Answers> answers, Optional<String> language, List<Use> words,
        List<Use> emoji, long links, Map<MediaKind, Long> media) {
    public static final int MOST_PEOPLE = 100;
    public static final int MOST_DAYS = 4_000;
    public static final int MOST_ANSWERS = 100;
    public static final int MOST_TEXTS = 50;

    public StatisticsReport {
        people = List.copyOf(people);
        days = List.copyOf(days);
        hours = List.copyOf(hours);
        weekdays = List.copyOf(weekdays);
        answers = List.copyOf(answers);
        words = List.copyOf(words);
        emoji = List.copyOf(emoji);
        media = Map.copyOf(media);
    }

    /** @param begun how often this person wrote first, after a pause or at all */
    public record PersonAmount(Person person, Amount amount, long begun) {
    }

    public record Day(LocalDate date, Amount amount) {
    }

    /** Days with messages that follow each other. */
    public record Streak(LocalDate first, LocalDate last) {
        public long days() {
            return ChronoUnit.DAYS.between(first, last) + 1;
        }
    }

    /** A time without a message, between two messages. */
    public record Silence(Instant from, Instant to) {
        public Duration duration() {
            return Duration.between(from, to);
        }

        /** The first one if they are equally long. */
        static Optional<Silence> longer(Optional<Silence> one, Optional<Silence> other) {
            return one.isEmpty() || other.isPresent() && other.get().duration().compareTo(one.get().duration()) > 0
                    ? other
                    : one;
        }
    }

    /**
     * How fast one person answers another.
     *
     * @param by who answers
     * @param to who wrote before
     * @param medianSeconds exact below ten minutes, from there in whole minutes
     */
    public record Answers(Person by, Person to, long count, long medianSeconds) {
    }

    /** How often a text is used. */
    public record Use(String text, long count) {
    }
}
