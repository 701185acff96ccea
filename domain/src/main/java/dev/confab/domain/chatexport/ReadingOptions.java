package dev.confab.domain.chatexport;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a file may leave open.
 *
 * @param format one of {@link ChatExportReader#formats()}; recognised by the content when empty
 * @param zone where local times were written; needed if the file has times without a zone
 * @param dateOrder the order of numbers in dates; needed if the file does not show it
 * @param now no message is newer
 */
public record ReadingOptions(Optional<String> format, Optional<ZoneId> zone, Optional<DateOrder> dateOrder,
        Instant now) {

    /** Recognises the format, and asks for a zone and an order of dates where they are needed. */
    public static ReadingOptions at(Instant now) {
        return new ReadingOptions(Optional.empty(), Optional.empty(), Optional.empty(), now);
    }
}
