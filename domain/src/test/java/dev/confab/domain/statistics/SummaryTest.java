package dev.confab.domain.statistics;

import static dev.confab.domain.statistics.Chat.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.statistics.StatisticsReport.Use;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Summaries of several conversations, and the bounds of one. */
class SummaryTest {

    @Test
    void of_several_conversations_numbers_add_up_and_days_and_silences_are_of_all() {
        Period always = Period.always(UTC);
        Summary sum = Summary.empty();
        sum.addAll(new Chat().says("Ann", "2026-01-30T08:00:00", "to the sea").says("Ben", "2026-01-30T08:00:10", "yes")
                .says("Ann", "2026-02-05T08:00:00", "sea").summary(always));
        sum.addAll(new Chat().says("Ann", "2026-01-31T08:00:00", "sea 🌊").says("Ben", "2026-01-31T08:00:30", "no")
                .summary(always));

        StatisticsReport report = sum.report(StopWords.NONE, Optional.empty());
        assertThat(report.conversations()).isEqualTo(2);
        assertThat(report.total()).isEqualTo(new Amount(5, 7));
        assertThat(report.activeDays()).isEqualTo(3);
        assertThat(report.longestStreak().orElseThrow().last()).isEqualTo(LocalDate.parse("2026-01-31"));
        assertThat(report.longestSilence().orElseThrow().from()).isEqualTo("2026-01-31T08:00:30Z");
        assertThat(report.answers()).singleElement().satisfies(pair -> {
            assertThat(pair.count()).isEqualTo(2);
            assertThat(pair.medianSeconds()).isEqualTo(20);
        });
        assertThat(report.words().getFirst()).isEqualTo(new Use("sea", 3));
        assertThat(report.people()).extracting(one -> one.begun()).containsExactly(3L, 0L);
    }

    @Test
    void a_silence_on_one_day_may_be_broken_by_another_conversation_so_it_is_not_told() {
        Period always = Period.always(UTC);
        Summary sum = Summary.empty();
        sum.addAll(new Chat().says("Ann", "2026-01-30T08:00:00", "a").says("Ann", "2026-01-30T12:00:00", "b")
                .summary(always));
        assertThat(sum.report(StopWords.NONE, Optional.empty()).longestSilence()).isPresent();

        sum.addAll(new Chat().says("Ann", "2026-01-30T10:00:00", "c").summary(always));
        assertThat(sum.report(StopWords.NONE, Optional.empty()).longestSilence()).isEmpty();
    }

    @Test
    void whatever_a_conversation_holds_its_summary_and_report_are_bounded() {
        var tally = new Chat();
        for (int i = 0; i < 5_000; i++) {
            String day = LocalDate.ofEpochDay(i).toString();
            tally.says("Person " + i % 1_500, day + "T08:00:00", "word" + i + " again" + i + " more" + i);
        }
        Summary summary = tally.summary(Period.always(UTC));
        StatisticsReport report = summary.report(StopWords.NONE, Optional.empty());

        assertThat(summary.weight()).isLessThan(3_000_000);
        assertThat(report.people()).hasSize(100);
        assertThat(report.morePeople()).isTrue();
        assertThat(report.days()).hasSize(4_000);
        assertThat(report.days().getLast().date()).isEqualTo(LocalDate.ofEpochDay(4_999));
        assertThat(report.moreDays()).isTrue();
        assertThat(report.activeDays()).isEqualTo(5_000);
        assertThat(report.words()).hasSize(50);
        assertThat(report.total().messages()).isEqualTo(5_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_median_is_that_of_the_sorted_delays(long seed) {
        var random = new Random(seed);
        var delays = new Delays();
        int[] all = random.ints(1 + random.nextInt(300), 0, random.nextBoolean() ? 900 : Tally.PAUSE_SECONDS).toArray();
        Arrays.stream(all).forEach(delays::add);

        long[] rounded = Arrays.stream(all).map(s -> s < 600 ? s : s / 60 * 60).sorted().asLongStream().toArray();
        long median = (rounded[(rounded.length - 1) / 2] + rounded[rounded.length / 2]) / 2;
        assertThat(delays.medianSeconds()).isEqualTo(median);
        assertThat(delays.count()).isEqualTo(all.length);
    }
}
