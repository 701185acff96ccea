package dev.confab.domain.statistics;

import dev.confab.domain.statistics.Period.Moment;
import dev.confab.domain.statistics.StatisticsReport.Answers;
import dev.confab.domain.statistics.StatisticsReport.PersonAmount;
import dev.confab.domain.statistics.StatisticsReport.Silence;
import dev.confab.domain.statistics.StatisticsReport.Streak;
import dev.confab.domain.statistics.StatisticsReport.Use;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a conversation, or of several, of a size that does not grow with the number of messages: at most {@link #MOST_PEOPLE}
 * people, {@link #MOST_PAIRS} pairs of them, {@link ActiveDays#MOST} days, and {@link #KEPT_WORDS} words and emoji each. Not thread-safe
 * while something is added to it; after that it may be read by many threads.
 */
public final class Summary {
    static final int MOST_PEOPLE = 1_000;
    static final int MOST_PAIRS = 200;
    /** While one conversation is being read. */
    static final int MOST_WORDS = 100_000;
    /** Afterwards: a report shows far fewer, even without the stop words. */
    static final int KEPT_WORDS = 2_000;

    private int conversations;
    private final Map<Person, PersonAmount> people = new HashMap<>();
    private boolean morePeople;
    private final Map<Pair, Delays> delays = new HashMap<>();
    private final ActiveDays days = new ActiveDays();
    private final Amount[] hours = none(24);
    private final Amount[] weekdays = none(7);
    private Amount total = Amount.NONE;
    private Optional<Silence> silenceWithinDay = Optional.empty();
    private UseCounts words;
    private UseCounts emoji;
    private long links;
    private final Map<MediaKind, Long> media = new EnumMap<>(MediaKind.class);

    private record Pair(Person by, Person to) {
    }

    private Summary(int conversations) {
        this.conversations = conversations;
        words = new UseCounts(MOST_WORDS);
        emoji = new UseCounts(MOST_WORDS);
    }

    /** Of no conversation, to add others to it. */
    public static Summary empty() {
        return new Summary(0);
    }

    static Summary ofOne() {
        return new Summary(1);
    }

    private static Amount[] none(int number) {
        var amounts = new Amount[number];
        Arrays.fill(amounts, Amount.NONE);
        return amounts;
    }

    void addMessage(Person person, Moment moment, int wordCount, boolean begins) {
        var amount = new Amount(1, wordCount);
        total = total.plus(amount);
        hours[moment.hour()] = hours[moment.hour()].plus(amount);
        weekdays[moment.weekday()] = weekdays[moment.weekday()].plus(amount);
        days.add(moment, amount);
        addPerson(new PersonAmount(person, amount, begins ? 1 : 0));
    }

    private void addPerson(PersonAmount more) {
        if (people.size() < MOST_PEOPLE || people.containsKey(more.person())) {
            people.merge(more.person(), more, (one, other) -> new PersonAmount(one.person(),
                    one.amount().plus(other.amount()), one.begun() + other.begun()));
        } else {
            morePeople = true;
        }
    }

    /** @param seconds less than {@link Tally#PAUSE_SECONDS} */
    void addAnswer(Person by, Person to, int seconds) {
        delays(new Pair(by, to)).ifPresent(known -> known.add(seconds));
    }

    private Optional<Delays> delays(Pair pair) {
        if (delays.size() < MOST_PAIRS || delays.containsKey(pair)) {
            return Optional.of(delays.computeIfAbsent(pair, _ -> new Delays()));
        }
        return Optional.empty();
    }

    /** @param silence that begins and ends on one day; longer ones follow from the days */
    void addSilenceWithinDay(Silence silence) {
        silenceWithinDay = Silence.longer(silenceWithinDay, Optional.of(silence));
    }

    void addWord(String word) {
        words.add(word);
    }

    void addEmoji(String one) {
        emoji.add(one);
    }

    void addLinks(int number) {
        links += number;
    }

    void addMedia(MediaKind kind) {
        media.merge(kind, 1L, Long::sum);
    }

    /** Keeps the words and emoji that are used most. */
    Summary trimmed() {
        words = words.top(KEPT_WORDS);
        emoji = emoji.top(KEPT_WORDS);
        return this;
    }

    /**
     * Adds other conversations. Their people are the same if they have the same names. Silences within one day are no longer known then:
     * another conversation may have broken them.
     */
    public void addAll(Summary other) {
        silenceWithinDay = conversations == 0 ? other.silenceWithinDay : Optional.empty();
        conversations += other.conversations;
        total = total.plus(other.total);
        Arrays.setAll(hours, i -> hours[i].plus(other.hours[i]));
        Arrays.setAll(weekdays, i -> weekdays[i].plus(other.weekdays[i]));
        days.addAll(other.days);
        other.sortedPeople().forEach(this::addPerson);
        morePeople |= other.morePeople;
        other.delays.forEach((pair, more) -> delays(pair).ifPresent(known -> known.addAll(more)));
        words.addAll(other.words);
        emoji.addAll(other.emoji);
        links += other.links;
        other.media.forEach((kind, count) -> media.merge(kind, count, Long::sum));
    }

    /** About how many bytes of memory it takes. */
    public int weight() {
        return 2_000 + days.weight() + words.weight() + emoji.weight() + people.size() * 300
                + delays.size() * (Delays.WEIGHT + 100);
    }

    /** @param language of the stop words to leave out, {@link StopWords#NO_LANGUAGE}, or empty for that of most words */
    public StatisticsReport report(StopWords stopWords, Optional<String> language) {
        List<Streak> streaks = days.streaks();
        var sorted = words.sorted();
        Optional<String> chosen = stopWords.language(language, sorted);
        var shown = sorted.stream()
                .filter(word -> chosen.filter(name -> stopWords.contains(name, word.getKey())).isEmpty());
        return new StatisticsReport(conversations, total,
                sortedPeople().limit(StatisticsReport.MOST_PEOPLE).toList(),
                morePeople || people.size() > StatisticsReport.MOST_PEOPLE,
                days.latest(StatisticsReport.MOST_DAYS),
                days.isIncomplete() || days.count() > StatisticsReport.MOST_DAYS, days.count(),
                List.of(hours), List.of(weekdays), days.first(), days.last(),
                streaks.stream().reduce((one, other) -> other.days() > one.days() ? other : one),
                streaks.isEmpty() ? Optional.empty() : Optional.of(streaks.getLast()),
                Silence.longer(days.longestSilence(), silenceWithinDay), answers(), chosen, uses(shown),
                uses(emoji.sorted().stream()), links, media);
    }

    private Stream<PersonAmount> sortedPeople() {
        return people.values().stream()
                .sorted(Comparator.comparingLong((PersonAmount one) -> one.amount().messages()).reversed()
                        .thenComparing(PersonAmount::person));
    }

    private List<Answers> answers() {
        return delays.entrySet().stream()
                .map(entry -> new Answers(entry.getKey().by(), entry.getKey().to(), entry.getValue().count(),
                        entry.getValue().medianSeconds()))
                .sorted(Comparator.comparingLong(Answers::count).reversed().thenComparing(Answers::by)
                        .thenComparing(Answers::to))
                .limit(StatisticsReport.MOST_ANSWERS).toList();
    }

    private static List<Use> uses(Stream<Map.Entry<String, Long>> counts) {
        return counts.limit(StatisticsReport.MOST_TEXTS).map(entry -> new Use(entry.getKey(), entry.getValue()))
                .toList();
    }
}
