package dev.confab.adapter.persistence.jpa.feed;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed.Hint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a notification: {@code 1 <sender>} and then, for each hint,
 * {@code  <conversation> <revision> <n>:<owner>}, where the owner's id has n UTF-16 units, unescaped.
 *
 * @param sender the instance that sent it
 */
record FeedPayload(String sender, List<Hint> hints) {
    /** PostgreSQL accepts up to 7,999 bytes (manual page of NOTIFY). */
    static final int MAX_BYTES = 7_999;

    private static final Pattern START = Pattern.compile("1 (\\w+)");
    private static final Pattern HINT = Pattern.compile(" ([0-9a-f-]{36}) (\\d+) (\\d+):");

    /** The hints in their order, in as few payloads as possible. */
    static List<String> encode(String sender, Collection<Hint> hints) {
        List<String> payloads = new ArrayList<>();
        var payload = new StringBuilder("1 " + sender);
        int start = payload.length();
        int bytes = start;
        for (Hint hint : hints) {
            String owner = hint.owner().value();
            String text = " " + hint.conversation() + " " + hint.revision() + " " + owner.length() + ":" + owner;
            int more = text.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + more > MAX_BYTES) {
                payloads.add(payload.toString());
                payload.setLength(start);
                bytes = start;
            }
            payload.append(text);
            bytes += more;
        }
        if (payload.length() > start) {
            payloads.add(payload.toString());
        }
        return payloads;
    }

    /** Empty for a payload of a later version, or of another program on the same channel. */
    static Optional<FeedPayload> decode(String text) {
        Matcher start = START.matcher(text);
        if (!start.lookingAt()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FeedPayload(start.group(1), hints(text, start.end())));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | InvalidValue malformed) {
            return Optional.empty();
        }
    }

    private static List<Hint> hints(String text, int start) {
        List<Hint> hints = new ArrayList<>();
        Matcher hint = HINT.matcher(text);
        for (int at = start; at < text.length();) {
            if (!hint.region(at, text.length()).lookingAt()) {
                throw new IllegalArgumentException("no hint at " + at);
            }
            int end = hint.end() + Integer.parseInt(hint.group(3));
            hints.add(new Hint(ConversationId.parse(hint.group(1)), new OwnerId(text.substring(hint.end(), end)),
                    Long.parseLong(hint.group(2))));
            at = end;
        }
        return hints;
    }
}
