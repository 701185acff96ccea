package dev.confab.adapter.web.statistics;

import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.application.Statistics.OfConversation;
import dev.confab.application.Statistics.OfOwner;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.statistics.Amount;
import dev.confab.domain.statistics.MediaKind;
import dev.confab.domain.statistics.Period;
import dev.confab.domain.statistics.Person;
import dev.confab.domain.statistics.StatisticsReport;
import dev.confab.domain.statistics.StatisticsReport.Answers;
import dev.confab.domain.statistics.StatisticsReport.Day;
import dev.confab.domain.statistics.StatisticsReport.PersonAmount;
import dev.confab.domain.statistics.StatisticsReport.Silence;
import dev.confab.domain.statistics.StatisticsReport.Streak;
import dev.confab.domain.statistics.StatisticsReport.Use;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was counted, and in which period.
 *
 * @param version of the conversation; null for all of an owner's
 * @param partial whether conversations were left out
 * @param from as it was asked for, and so are {@code to} and {@code zone}
 */
record StatisticsJson(@Nullable Long version, int conversations, boolean partial, String zone, @Nullable String from,
        @Nullable String to, long messages, long words, @Nullable String firstMessageAt,
        @Nullable String lastMessageAt, int activeDays, @Nullable StreakJson longestStreak,
        @Nullable StreakJson lastStreak, @Nullable SilenceJson longestSilence, List<PersonAmountJson> people,
        boolean morePeople, List<DayJson> days, boolean moreDays, List<AmountJson> hours, List<AmountJson> weekdays,
        List<AnswersJson> answers, @Nullable String language, List<UseJson> topWords, List<UseJson> topEmoji,
        long links, Map<String, Long> media) {

    static StatisticsJson of(Period period, OfConversation counted) {
        return of(counted.version().value(), false, period, counted.report());
    }

    static StatisticsJson of(Period period, OfOwner counted) {
        return of(null, counted.partial(), period, counted.report());
    }

    private static StatisticsJson of(@Nullable Long version, boolean partial, Period period, StatisticsReport of) {
        return new StatisticsJson(version, of.conversations(), partial, period.zone().getId(),
                period.from().map(LocalDate::toString).orElse(null), period.to().map(LocalDate::toString).orElse(null),
                of.total().messages(), of.total().words(), of.first().map(ResponseJson::time).orElse(null),
                of.last().map(ResponseJson::time).orElse(null), of.activeDays(),
                of.longestStreak().map(StreakJson::of).orElse(null), of.lastStreak().map(StreakJson::of).orElse(null),
                of.longestSilence().map(SilenceJson::of).orElse(null),
                of.people().stream().map(PersonAmountJson::of).toList(), of.morePeople(),
                of.days().stream().map(DayJson::of).toList(), of.moreDays(),
                of.hours().stream().map(AmountJson::of).toList(), of.weekdays().stream().map(AmountJson::of).toList(),
                of.answers().stream().map(AnswersJson::of).toList(), of.language().orElse(null),
                of.words().stream().map(UseJson::of).toList(), of.emoji().stream().map(UseJson::of).toList(),
                of.links(), media(of.media()));
    }

    private static Map<String, Long> media(Map<MediaKind, Long> counts) {
        var named = new TreeMap<String, Long>();
        counts.forEach((kind, count) -> named.put(kind.name().toLowerCase(Locale.ROOT), count));
        return named;
    }

    /** A person is named by the author, or by the role if there is none. */
    record PersonJson(@Nullable String author, @Nullable String role) {
        static PersonJson of(Person person) {
            return new PersonJson(person.author().map(Author::name).orElse(null), role(person));
        }

        static @Nullable String role(Person person) {
            return person.role().map(role -> role.name().toLowerCase(Locale.ROOT)).orElse(null);
        }
    }

    record PersonAmountJson(@Nullable String author, @Nullable String role, long messages, long words, long begun) {
        static PersonAmountJson of(PersonAmount one) {
            return new PersonAmountJson(one.person().author().map(Author::name).orElse(null),
                    PersonJson.role(one.person()), one.amount().messages(), one.amount().words(), one.begun());
        }
    }

    record AmountJson(long messages, long words) {
        static AmountJson of(Amount amount) {
            return new AmountJson(amount.messages(), amount.words());
        }
    }

    record DayJson(String date, long messages, long words) {
        static DayJson of(Day day) {
            return new DayJson(day.date().toString(), day.amount().messages(), day.amount().words());
        }
    }

    record StreakJson(String from, String to, long days) {
        static StreakJson of(Streak streak) {
            return new StreakJson(streak.first().toString(), streak.last().toString(), streak.days());
        }
    }

    record SilenceJson(String from, String to, long seconds) {
        static SilenceJson of(Silence silence) {
            return new SilenceJson(ResponseJson.time(silence.from()), ResponseJson.time(silence.to()),
                    silence.duration().toSeconds());
        }
    }

    record AnswersJson(PersonJson by, PersonJson to, long count, long medianSeconds) {
        static AnswersJson of(Answers answers) {
            return new AnswersJson(PersonJson.of(answers.by()), PersonJson.of(answers.to()), answers.count(),
                    answers.medianSeconds());
        }
    }

    record UseJson(String text, long count) {
        static UseJson of(Use use) {
            return new UseJson(use.text(), use.count());
        }
    }
}
