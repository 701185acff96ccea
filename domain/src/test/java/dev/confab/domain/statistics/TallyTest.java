package dev.confab.domain.statistics;

import static dev.confab.domain.statistics.Chat.BERLIN;
import static dev.confab.domain.statistics.Chat.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.statistics.MediaFinder.Found;
import dev.confab.domain.statistics.StatisticsReport.Answers;
import dev.confab.domain.statistics.StatisticsReport.Day;
import dev.confab.domain.statistics.StatisticsReport.PersonAmount;
import dev.confab.domain.statistics.StatisticsReport.Silence;
import dev.confab.domain.statistics.StatisticsReport.Streak;
import dev.confab.domain.statistics.StatisticsReport.Use;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Chats with numbers that a person can count. */
class TallyTest {
    private static final Person ANN = author("Ann");
    private static final Person BEN = author("Ben");
    private static final StopWords ENGLISH = new StopWords(Map.of("en", List.of("the", "to", "and", "we", "don't"),
            "de", List.of("der", "die", "das", "und")));

    /** Friday evening to Saturday in Berlin; then Tuesday and Wednesday. */
    private static Chat trip() {
        return new Chat().says("Ann", "2026-01-30T22:00:00", "Shall we go to the sea?")
                .says("Ben", "2026-01-30T22:01:30", "Yes, the sea! 🌊🌊")
                .says("Ben", "2026-01-30T22:02:00", "https://example.com/sea and www.sea.example")
                .says("Ann", "2026-01-30T23:02:00", "Good")
                .says("Ann", "2026-02-03T08:00:00", "Tickets bought 👍🏽")
                .says("Ben", "2026-02-03T08:00:10", "Great ❤")
                .says("Ben", "2026-02-04T08:00:00", "Packing");
    }

    private static Person author(String name) {
        return new Person(Optional.of(new Author(name)), Optional.empty());
    }

    private static Day day(String date, long messages, long words) {
        return new Day(LocalDate.parse(date), new Amount(messages, words));
    }

    private static Streak streak(String first, String last) {
        return new Streak(LocalDate.parse(first), LocalDate.parse(last));
    }

    private static Silence silence(String from, String to) {
        return new Silence(Instant.parse(from + "Z"), Instant.parse(to + "Z"));
    }

    private static Map<Integer, Long> used(List<Amount> amounts) {
        return IntStream.range(0, amounts.size()).filter(i -> amounts.get(i).messages() > 0).boxed()
                .collect(Collectors.toMap(i -> i, i -> amounts.get(i).messages()));
    }

    @Test
    void messages_and_words_are_counted_by_person_day_hour_and_weekday() {
        StatisticsReport report = trip().report(BERLIN);

        assertThat(report.total()).isEqualTo(new Amount(7, 15));
        assertThat(report.people()).containsExactly(new PersonAmount(BEN, new Amount(4, 6), 1),
                new PersonAmount(ANN, new Amount(3, 9), 2));
        assertThat(report.days()).containsExactly(day("2026-01-30", 3, 10), day("2026-01-31", 1, 1),
                day("2026-02-03", 2, 3), day("2026-02-04", 1, 1));
        assertThat(used(report.hours())).isEqualTo(Map.of(23, 3L, 0, 1L, 9, 3L));
        assertThat(used(report.weekdays())).isEqualTo(Map.of(4, 3L, 5, 1L, 1, 2L, 2, 1L));
        assertThat(report.first()).contains(Instant.parse("2026-01-30T22:00:00Z"));
        assertThat(report.last()).contains(Instant.parse("2026-02-04T08:00:00Z"));
    }

    @Test
    void days_in_a_row_are_a_streak_in_the_zone_that_was_asked_for() {
        StatisticsReport inBerlin = trip().report(BERLIN);
        assertThat(inBerlin.activeDays()).isEqualTo(4);
        assertThat(inBerlin.longestStreak()).contains(streak("2026-01-30", "2026-01-31"));
        assertThat(inBerlin.lastStreak()).contains(streak("2026-02-03", "2026-02-04"));

        StatisticsReport inUtc = trip().report(UTC);
        assertThat(inUtc.activeDays()).isEqualTo(3);
        assertThat(inUtc.longestStreak()).contains(streak("2026-02-03", "2026-02-04"));
        assertThat(inUtc.longestStreak().orElseThrow().days()).isEqualTo(2);
    }

    @Test
    void the_longest_silence_is_between_two_messages_also_on_one_day_and_whatever_their_order() {
        assertThat(trip().report(BERLIN).longestSilence())
                .contains(silence("2026-01-30T23:02:00", "2026-02-03T08:00:00"));
        assertThat(new Chat().says("Ann", "2026-01-30T08:00:00", "a").says("Ann", "2026-01-30T09:00:00", "b")
                .says("Ann", "2026-01-30T11:00:00", "c").report(UTC).longestSilence())
                .contains(silence("2026-01-30T09:00:00", "2026-01-30T11:00:00"));
        // The second message is of a phone that was offline.
        assertThat(new Chat().says("Ann", "2026-01-30T08:00:00", "a").says("Ben", "2026-02-10T08:00:00", "late")
                .says("Ann", "2026-02-01T08:00:00", "b").report(UTC).longestSilence())
                .contains(silence("2026-02-01T08:00:00", "2026-02-10T08:00:00"));
        assertThat(new Chat().says("Ann", "2026-01-30T08:00:00", "a").report(UTC).longestSilence()).isEmpty();
    }

    @Test
    void hours_that_clocks_skip_or_repeat_are_neither_long_nor_lost() {
        StatisticsReport spring = new Chat().says("Ann", "2026-03-28T22:30:00", "a")
                .says("Ben", "2026-03-29T00:59:00", "b").says("Ann", "2026-03-29T01:00:00", "c").report(BERLIN);
        assertThat(used(spring.hours())).isEqualTo(Map.of(23, 1L, 1, 1L, 3, 1L));
        assertThat(spring.longestSilence().orElseThrow().duration())
                .isEqualTo(Duration.ofHours(2).plusMinutes(29));
        assertThat(spring.longestStreak()).contains(streak("2026-03-28", "2026-03-29"));

        StatisticsReport autumn = new Chat().says("Ann", "2026-10-25T00:30:00", "a")
                .says("Ben", "2026-10-25T01:30:00", "b").report(BERLIN);
        assertThat(used(autumn.hours())).isEqualTo(Map.of(2, 2L));
        assertThat(autumn.longestSilence().orElseThrow().duration()).isEqualTo(Duration.ofHours(1));
        assertThat(autumn.activeDays()).isEqualTo(1);
    }

    @Test
    void an_answer_is_of_another_person_and_its_median_of_the_pair() {
        assertThat(trip().report(BERLIN).answers()).containsExactly(new Answers(BEN, ANN, 2, 50),
                new Answers(ANN, BEN, 1, 3600));
        assertThat(new Chat().says("Ann", "2026-01-30T08:00:00", "a").says("Ben", "2026-01-30T08:00:03", "b")
                .says("Ann", "2026-01-30T08:01:00", "c").says("Ben", "2026-01-30T08:01:30", "d")
                .says("Ann", "2026-01-30T09:00:00", "e").says("Ben", "2026-01-30T09:21:40", "f").report(UTC).answers())
                .containsExactly(new Answers(BEN, ANN, 3, 30), new Answers(ANN, BEN, 2, 1_768));
    }

    @Test
    void who_writes_after_six_hours_begins_and_does_not_answer() {
        StatisticsReport report = new Chat().says("Ann", "2026-01-30T08:00:00", "a")
                .says("Ben", "2026-01-30T13:59:59", "b").says("Ann", "2026-01-30T19:59:59", "c").report(UTC);

        assertThat(report.answers()).containsExactly(new Answers(BEN, ANN, 1, 21_540));
        assertThat(report.people()).extracting(PersonAmount::person, PersonAmount::begun).containsExactly(
                tuple(ANN, 2L), tuple(BEN, 0L));
    }

    @Test
    void roles_stand_for_authors_and_only_people_and_assistants_answer() {
        StatisticsReport report = new Chat().says(Role.SYSTEM, "2026-01-30T07:00:00", "Be brief.")
                .says(Role.USER, "2026-01-30T08:00:00", "What is 6 times 7?")
                .says(Role.TOOL, "2026-01-30T08:00:01", "42").says(Role.ASSISTANT, "2026-01-30T08:00:04", "42.")
                .report(UTC);

        Person user = new Person(Optional.empty(), Optional.of(Role.USER));
        Person assistant = new Person(Optional.empty(), Optional.of(Role.ASSISTANT));
        assertThat(report.answers()).containsExactly(new Answers(assistant, user, 1, 4));
        assertThat(report.people()).hasSize(4).filteredOn(one -> one.begun() > 0)
                .containsExactly(new PersonAmount(user, new Amount(1, 5), 1));
    }

    @Test
    void removed_messages_do_not_count() {
        StatisticsReport report = new Chat().says("Ann", "2026-01-30T08:00:00", "a").removed("2026-01-31T08:00:00")
                .says("Ben", "2026-01-30T08:00:05", "b").report(UTC);

        assertThat(report.total().messages()).isEqualTo(2);
        assertThat(report.activeDays()).isEqualTo(1);
        assertThat(report.answers()).containsExactly(new Answers(BEN, ANN, 1, 5));
    }

    @Test
    void a_period_includes_its_days_in_the_zone_and_what_they_answer_may_be_before() {
        StatisticsReport report = trip().report(Chat.between(BERLIN, "2026-01-31", "2026-02-03"));

        assertThat(report.total()).isEqualTo(new Amount(3, 4));
        assertThat(report.people()).containsExactly(new PersonAmount(ANN, new Amount(2, 3), 1),
                new PersonAmount(BEN, new Amount(1, 1), 0));
        assertThat(report.answers()).containsExactly(new Answers(ANN, BEN, 1, 3600), new Answers(BEN, ANN, 1, 10));
        assertThat(report.words()).extracting(Use::text).containsExactly("bought", "good", "great", "tickets");
        assertThatThrownBy(() -> Chat.between(UTC, "2026-02-03", "2026-02-02")).isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("to: ");
    }

    @Test
    void words_are_shown_without_links_and_without_stop_words_of_their_language() {
        Summary summary = trip().summary(Period.always(BERLIN));

        StatisticsReport recognised = summary.report(ENGLISH, Optional.empty());
        assertThat(recognised.language()).contains("en");
        assertThat(recognised.words()).extracting(Use::text).containsExactly("sea", "bought", "go", "good", "great",
                "packing", "shall", "tickets", "yes");
        assertThat(recognised.words().getFirst()).isEqualTo(new Use("sea", 2));
        assertThat(recognised.links()).isEqualTo(2);

        assertThat(summary.report(ENGLISH, Optional.of("de")).words()).extracting(Use::text).contains("the");
        StatisticsReport all = summary.report(ENGLISH, Optional.of("none"));
        assertThat(all.language()).isEmpty();
        assertThat(all.words()).extracting(Use::text).contains("the", "and");
        assertThatThrownBy(() -> ENGLISH.require(Optional.of("xx"))).isInstanceOf(InvalidValue.class)
                .hasMessage("language: must be one of de, en, none");
    }

    @Test
    void emoji_are_counted_whole() {
        assertThat(trip().report(BERLIN).emoji()).containsExactly(new Use("🌊", 2), new Use("❤️", 1),
                new Use("👍🏽", 1));
        StatisticsReport report = new Chat()
                .says("Ann", "2026-01-30T08:00:00", "👨‍👩‍👧 🇩🇰🇩🇪 1️⃣ ❤️❤ ✈ © 1 # ™ ❤\uFE0E →").report(UTC);
        assertThat(report.emoji()).containsExactlyInAnyOrder(new Use("👨‍👩‍👧", 1), new Use("🇩🇰", 1),
                new Use("🇩🇪", 1),
                new Use("1️⃣", 1), new Use("❤️", 2), new Use("✈️", 1));
    }

    @Test
    void media_count_by_kind_and_what_stands_for_them_is_no_text() {
        var tally = new Tally(Period.always(UTC),
                message -> message.text().startsWith("<") ? new Found(List.of(MediaKind.IMAGE), true) : Found.NOTHING);
        var chat = new Chat().says("Ann", "2026-01-30T08:00:00", "<Media omitted>")
                .says("Ann", "2026-01-30T08:00:01", "<attached: a.jpg>\nAt the sea")
                .says("Ann", "2026-01-30T08:00:02", "Nice");
        chat.messages().forEach(tally::add);
        StatisticsReport report = tally.summary().report(StopWords.NONE, Optional.empty());

        assertThat(report.media()).isEqualTo(Map.of(MediaKind.IMAGE, 2L));
        assertThat(report.total()).isEqualTo(new Amount(3, 4));
        assertThat(report.words()).extracting(Use::text).containsExactly("at", "nice", "sea", "the");
    }

    @Test
    void of_nothing_there_are_only_zeros() {
        StatisticsReport report = new Chat().report(UTC);

        assertThat(report.total()).isEqualTo(new Amount(0, 0));
        assertThat(report.people()).isEmpty();
        assertThat(report.first()).isEmpty();
        assertThat(report.longestStreak()).isEmpty();
        assertThat(report.hours()).hasSize(24).containsOnly(new Amount(0, 0));
    }
}
