package dev.confab.domain.statistics;

import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Messages that a test writes down. */
final class Chat {
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final ZoneId UTC = ZoneId.of("UTC");

    private final List<Message> messages = new ArrayList<>();

    /** @param time without the seconds' fraction and the Z: {@code 2026-01-30T22:00:00} */
    Chat says(String author, String time, String text) {
        return add(Role.USER, Optional.of(new Author(author)), time, text, false);
    }

    Chat says(Role role, String time, String text) {
        return add(role, Optional.empty(), time, text, false);
    }

    Chat removed(String time) {
        return add(Role.USER, Optional.empty(), time, "", true);
    }

    private Chat add(Role role, Optional<Author> author, String time, String text, boolean removed) {
        Instant at = Instant.parse(time + "Z");
        int position = messages.size() + 1;
        messages.add(
                new Message(new MessageId(new UUID(0x4000, 0x8000000000000000L | position)), position, role, author,
                        text, Optional.empty(), Metadata.EMPTY, at, Optional.empty(),
                        removed ? Optional.of(at) : Optional.empty(), Version.FIRST,
                        removed ? Message.REMOVED : Digest.of("chat").build(), Optional.empty()));
        return this;
    }

    List<Message> messages() {
        return messages;
    }

    Summary summary(Period period) {
        var tally = new Tally(period, MediaFinder.NONE);
        messages.forEach(tally::add);
        return tally.summary();
    }

    StatisticsReport report(ZoneId zone) {
        return report(Period.always(zone));
    }

    StatisticsReport report(Period period) {
        return summary(period).report(StopWords.NONE, Optional.empty());
    }

    static Period between(ZoneId zone, String from, String to) {
        return new Period(zone, Optional.of(LocalDate.parse(from)), Optional.of(LocalDate.parse(to)));
    }
}
