package dev.confab.adapter.web.ui.chart;

import dev.confab.domain.statistics.Amount;
import dev.confab.domain.statistics.Person;
import dev.confab.domain.statistics.StatisticsReport;
import dev.confab.domain.statistics.StatisticsReport.Answers;
import dev.confab.domain.statistics.StatisticsReport.Day;
import dev.confab.domain.statistics.StatisticsReport.PersonAmount;
import dev.confab.domain.statistics.StatisticsReport.Streak;
import dev.confab.domain.statistics.StatisticsReport.Use;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Statistics as a page shows them: a list of facts, charts, and how fast people answer.
 *
 * @param facts each with its name
 */
public record StatisticsCharts(List<Fact> facts, List<Chart> charts, List<AnswerRow> answers) {
    private static final int MOST_ROWS = 20;
    /** A column for each day, week, month or year, whichever are no more than so many. */
    private static final int MOST_COLUMNS = 62;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);

    public record Fact(String name, String value) {
    }

    /** How fast one person answers another. */
    public record AnswerRow(String by, String to, long count, String median) {
    }

    public StatisticsCharts {
        facts = List.copyOf(facts);
        charts = List.copyOf(charts);
        answers = List.copyOf(answers);
    }

    /** @param zone of the days and hours of the report */
    public static StatisticsCharts of(StatisticsReport report, ZoneId zone) {
        var charts = new ArrayList<Chart>();
        if (report.total().messages() > 0) {
            charts.add(days(report.days()));
            charts.add(Chart.columns("hours", "Hours of the day", "Hour", "Messages",
                    numbered(report.hours(), hour -> String.format(Locale.ROOT, "%02d", hour))));
            charts.add(Chart.columns("weekdays", "Days of the week", "Weekday", "Messages", numbered(report.weekdays(),
                    day -> DayOfWeek.of(day + 1).getDisplayName(TextStyle.SHORT, Locale.ENGLISH))));
            charts.add(Chart.rows("people", "Who wrote", "Person", "Messages", report.people().stream()
                    .limit(MOST_ROWS).map(one -> new Entry(name(one.person()), one.amount().messages())).toList()));
            addRows(charts, "words", "Most used words", "Word", report.words());
            addRows(charts, "emoji", "Most used emoji", "Emoji", report.emoji());
        }
        return new StatisticsCharts(facts(report, zone), charts, report.answers().stream().limit(MOST_ROWS)
                .map(StatisticsCharts::row).toList());
    }

    private static void addRows(List<Chart> charts, String id, String title, String label, List<Use> uses) {
        if (!uses.isEmpty()) {
            charts.add(Chart.rows(id, title, label, "Uses",
                    uses.stream().limit(MOST_ROWS).map(use -> new Entry(use.text(), use.count())).toList()));
        }
    }

    private static List<Entry> numbered(List<Amount> amounts, IntFunction<String> label) {
        return IntStream.range(0, amounts.size())
                .mapToObj(i -> new Entry(label.apply(i), amounts.get(i).messages())).toList();
    }

    /**
     * What one column stands for.
     *
     * @param start the first day of the step that a day is in
     * @param next the first day of the next step
     */
    private record Step(String label, DateTimeFormatter format, UnaryOperator<LocalDate> start,
            UnaryOperator<LocalDate> next) {
        private static final Step DAY = of("Day", "d MMM", day -> day, day -> day.plusDays(1));
        private static final Step WEEK = of("Week", "d MMM", day -> day.with(DayOfWeek.MONDAY),
                day -> day.plusWeeks(1));
        private static final Step MONTH = of("Month", "MMM uuuu", day -> day.withDayOfMonth(1),
                day -> day.plusMonths(1));
        private static final Step YEAR = of("Year", "uuuu", day -> day.withDayOfYear(1), day -> day.plusYears(1));

        private static Step of(String label, String format, UnaryOperator<LocalDate> start,
                UnaryOperator<LocalDate> next) {
            return new Step(label, DateTimeFormatter.ofPattern(format, Locale.ENGLISH), start, next);
        }

        /** From the first day to the last one, those without messages too; empty if there are too many. */
        Optional<Map<LocalDate, Long>> empty(LocalDate first, LocalDate last) {
            var columns = new TreeMap<LocalDate, Long>();
            for (LocalDate at = start.apply(first); !at.isAfter(last); at = next.apply(at)) {
                columns.put(at, 0L);
                if (columns.size() > MOST_COLUMNS) {
                    return Optional.empty();
                }
            }
            return Optional.of(columns);
        }
    }

    /** Of a chat of more than sixty years only the years with messages are shown. */
    private static Chart days(List<Day> days) {
        LocalDate first = days.getFirst().date();
        LocalDate last = days.getLast().date();
        for (Step step : List.of(Step.DAY, Step.WEEK, Step.MONTH, Step.YEAR)) {
            Optional<Map<LocalDate, Long>> columns = step.empty(first, last);
            if (columns.isPresent()) {
                return days(days, step, columns.get());
            }
        }
        return days(days, Step.YEAR, new TreeMap<>());
    }

    private static Chart days(List<Day> days, Step step, Map<LocalDate, Long> columns) {
        days.forEach(day -> columns.merge(step.start().apply(day.date()), day.amount().messages(), Long::sum));
        return Chart.columns("days", "Messages over time", step.label(), "Messages", columns.entrySet().stream()
                .map(entry -> new Entry(step.format().format(entry.getKey()), entry.getValue())).toList());
    }

    private static List<Fact> facts(StatisticsReport report, ZoneId zone) {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("Messages", number(report.total().messages())));
        facts.add(new Fact("Words", number(report.total().words())));
        facts.add(new Fact("Active days", number(report.activeDays())));
        report.first().ifPresent(time -> facts.add(new Fact("First message", time(time, zone))));
        report.last().ifPresent(time -> facts.add(new Fact("Last message", time(time, zone))));
        report.longestStreak().ifPresent(streak -> facts.add(new Fact("Longest streak", days(streak))));
        report.longestSilence().ifPresent(silence -> facts.add(new Fact("Longest silence",
                duration(silence.duration()) + ", from " + time(silence.from(), zone))));
        beginner(report).ifPresent(name -> facts.add(new Fact("Begins most often", name)));
        facts.add(new Fact("Links", number(report.links())));
        report.media().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(kind -> facts.add(
                new Fact("Files: " + kind.getKey().name().toLowerCase(Locale.ROOT), number(kind.getValue()))));
        return facts;
    }

    private static Optional<String> beginner(StatisticsReport report) {
        return report.people().stream().filter(one -> one.begun() > 0)
                .reduce((one, other) -> other.begun() > one.begun() ? other : one)
                .map((PersonAmount one) -> name(one.person()) + ", " + number(one.begun()) + " times");
    }

    private static AnswerRow row(Answers answers) {
        return new AnswerRow(name(answers.by()), name(answers.to()), answers.count(),
                duration(Duration.ofSeconds(answers.medianSeconds())));
    }

    private static String name(Person person) {
        return person.role().map(role -> switch (role) {
            case USER -> "You";
            case ASSISTANT -> "Assistant";
            case SYSTEM -> "System";
            case TOOL -> "Tool";
        }).orElseGet(person::name);
    }

    private static String days(Streak streak) {
        return number(streak.days()) + (streak.days() == 1 ? " day" : " days") + ", from "
                + DAY.format(streak.first()) + " to " + DAY.format(streak.last());
    }

    /** The two greatest units. */
    private static String duration(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }

    private static String time(Instant time, ZoneId zone) {
        return TIME.format(time.atZone(zone));
    }

    private static String number(long value) {
        return String.format(Locale.ENGLISH, "%,d", value);
    }
}
