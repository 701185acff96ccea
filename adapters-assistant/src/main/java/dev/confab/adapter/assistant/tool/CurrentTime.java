package dev.confab.adapter.assistant.tool;

import dev.confab.adapter.assistant.tool.ToolArguments.Invalid;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.port.Tool;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Returns the current time in the format of RFC 3339: {@code {"time":"2026-11-21T20:30:00+01:00","zone":"Europe/Berlin"}}. */
public final class CurrentTime implements Tool {
    public static final String NAME = "current_time";

    private final InstantSource clock;

    public CurrentTime(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public ToolDescription description() {
        return new ToolDescription(NAME, "Tells the current date and time.", """
                {"type":"object","properties":{"zone":{"type":"string","description":"IANA time zone, such as \
                Europe/Berlin; UTC when left out"}},"additionalProperties":false}""");
    }

    @Override
    public String call(OwnerId owner, String arguments) {
        try {
            String zone = ToolArguments.parse(arguments, List.of("zone")).text("zone").orElse("UTC");
            // ZoneId.of also accepts forms such as "GMT+2", which the schema does not offer.
            if (!ZoneId.getAvailableZoneIds().contains(zone)) {
                throw new Invalid("zone must be an IANA time zone, such as Europe/Berlin");
            }
            var time = clock.instant().truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.of(zone));
            return ToolArguments.JSON.createObjectNode()
                    .put("time", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time))
                    .put("zone", zone).toString();
        } catch (Invalid e) {
            return e.asResult();
        }
    }
}
