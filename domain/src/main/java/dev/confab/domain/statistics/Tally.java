package dev.confab.domain.statistics;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.statistics.MediaFinder.Found;
import dev.confab.domain.statistics.Period.Moment;
import dev.confab.domain.statistics.StatisticsReport.Silence;
import dev.confab.domain.terms.Words;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the messages of one conversation, which it takes in their order. Removed messages do not count. Not thread-safe.
 *
 * <p>An answer is a message of another person than the one before it, if less than {@link #PAUSE_SECONDS} have passed; after a longer time
 * the message begins something new. Only users and assistants answer and begin: system messages and results of tools do neither.
 */
public final class Tally {
    /** Six hours. */
    public static final int PAUSE_SECONDS = 6 * 60 * 60;
    private static final Pattern LINK = Pattern.compile("\\b(?:https?://|www\\.)[^\\s<>\"]++",
            Pattern.CASE_INSENSITIVE);

    private final Period period;
    private final MediaFinder mediaFinder;
    private final Summary summary = Summary.ofOne();
    /** The last message of a person, also before the period. */
    private Optional<Spoken> spoken = Optional.empty();
    /** The last message in the period. */
    private Optional<Moment> counted = Optional.empty();

    private record Spoken(Person person, Moment moment) {
    }

    public Tally(Period period, MediaFinder mediaFinder) {
        this.period = period;
        this.mediaFinder = mediaFinder;
    }

    public void add(Message message) {
        if (message.isRemoved()) {
            return;
        }
        Moment moment = period.moment(message.createdAt());
        Person person = Person.of(message);
        boolean isSpoken = message.role() == Role.USER || message.role() == Role.ASSISTANT;
        if (period.includes(moment)) {
            boolean begins = isSpoken && begins(person, moment);
            summary.addMessage(person, moment, addContent(message), begins);
            counted.filter(before -> before.day() == moment.day() && before.time().isBefore(moment.time()))
                    .ifPresent(before -> summary.addSilenceWithinDay(new Silence(before.time(), moment.time())));
            counted = Optional.of(moment);
        }
        if (isSpoken) {
            spoken = Optional.of(new Spoken(person, moment));
        }
    }

    /** Whether the message begins something; if not, it may be an answer. A message with an earlier time than the one before is neither. */
    private boolean begins(Person person, Moment moment) {
        if (spoken.isEmpty()) {
            return true;
        }
        Duration delay = Duration.between(spoken.get().moment().time(), moment.time());
        if (delay.toSeconds() >= PAUSE_SECONDS) {
            return true;
        }
        if (!delay.isNegative() && !spoken.get().person().equals(person)) {
            summary.addAnswer(person, spoken.get().person(), (int) delay.toSeconds());
        }
        return false;
    }

    /** Returns the number of words that somebody wrote. */
    private int addContent(Message message) {
        Found found = mediaFinder.find(message);
        found.kinds().forEach(summary::addMedia);
        String text = found.standsInText() ? afterFirstLine(message.text()) : message.text();
        String withoutLinks = addLinks(text);
        Emoji.in(withoutLinks).forEach(summary::addEmoji);
        Words words = Words.of(withoutLinks);
        words.used().forEach(summary::addWord);
        return words.count();
    }

    /** Looks for the expression only where it may be: most texts have no link, and there are many texts. */
    private String addLinks(String text) {
        if (!text.contains("://") && !text.contains("www.") && !text.contains("WWW.")) {
            return text;
        }
        Matcher links = LINK.matcher(text);
        summary.addLinks((int) links.results().count());
        return links.reset().replaceAll(" ");
    }

    private static String afterFirstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? "" : text.substring(end + 1);
    }

    /** What was counted. Nothing may be added after that. */
    public Summary summary() {
        return summary.trimmed();
    }
}
