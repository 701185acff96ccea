package dev.confab.domain.importjob;

import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.chatexport.ReadingOptions;
import dev.confab.domain.conversation.InvalidValue;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a job shall do.
 *
 * @param fileName of the uploaded file, for titles and reports only: 1 to 255 characters, none of them a control character
 * @param format the name of the format; recognised by the content when empty
 * @param dryRun whether nothing is stored
 */
public record ImportParameters(String fileName, Optional<String> format, Optional<ZoneId> zone,
        Optional<DateOrder> dateOrder, boolean dryRun) {
    public static final int MAX_NAME = 255;

    public ImportParameters {
        if (fileName.isEmpty() || fileName.length() > MAX_NAME || fileName.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValue("name",
                    "must have 1 to " + MAX_NAME + " characters, none of them a control character");
        }
    }

    /** @param now no message is newer */
    public ReadingOptions options(Instant now) {
        return new ReadingOptions(format, zone, dateOrder, now);
    }
}
