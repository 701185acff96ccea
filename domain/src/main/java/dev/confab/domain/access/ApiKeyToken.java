package dev.confab.domain.access;

import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client sends: {@code confab_<id>_<secret>}, with the key's id in 32 hexadecimal digits and the secret in 43 characters of
 * base64url. The prefix lets scanners find tokens that were published by mistake; the id lets the store look the key up without the
 * secret, so that only the comparison of secrets has to take a constant time.
 */
public record ApiKeyToken(ApiKeyId id, String secret) {
    private static final Pattern FORM = Pattern.compile("confab_([0-9a-f]{32})_([A-Za-z0-9_-]{43})");

    /** Empty when the text has another form. */
    public static Optional<ApiKeyToken> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String id = matcher.group(1);
        var uuid = new UUID(HexFormat.fromHexDigitsToLong(id, 0, 16), HexFormat.fromHexDigitsToLong(id, 16, 32));
        return Optional.of(new ApiKeyToken(new ApiKeyId(uuid), matcher.group(2)));
    }

    /** The text for the client's {@code Authorization} header. */
    public String text() {
        return "confab_" + id.toString().replace("-", "") + "_" + secret;
    }

    /** Without the secret, so that a log cannot show it. */
    @Override
    public String toString() {
        return "token of API key " + id;
    }
}
