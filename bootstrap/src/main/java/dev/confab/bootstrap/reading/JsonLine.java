package dev.confab.bootstrap.reading;

import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.bootstrap.terminal.PrintableText;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A value as JSON on one line, as the HTTP API writes it. Characters that a terminal would obey are escaped, which JSON allows for every
 * character of a string.
 */
final class JsonLine {
    private static final HexFormat HEX = HexFormat.of();
    /** Inside a string they are escaped already, so these are between two tokens. */
    private static final Pattern WHITE_SPACE = Pattern.compile("[\\t\\n\\r]");

    private JsonLine() {
    }

    static String of(Object value) {
        String json = WHITE_SPACE.matcher(ResponseJson.MAPPER.writeValueAsString(value)).replaceAll(" ");
        return PrintableText.UNPRINTABLE.matcher(json).replaceAll(found -> "\\\\" + escaped(found.group()));
    }

    /** The two halves of a surrogate pair are escaped one by one. */
    private static String escaped(String characters) {
        return characters.chars().mapToObj(c -> "u" + HEX.toHexDigits((char) c))
                .collect(Collectors.joining("\\\\"));
    }
}
