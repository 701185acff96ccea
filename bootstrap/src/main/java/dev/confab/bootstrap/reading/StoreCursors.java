package dev.confab.bootstrap.reading;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.SearchQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Cursors of pages that are read from a store: {@code <time>,<conversation>} and {@code <time>,<conversation>,<message>}, the message
 * empty for a title. Unlike those of the HTTP API they need no signature: who has the store may read all of it.
 */
final class StoreCursors {
    private StoreCursors() {
    }

    static String of(ListQuery.Key key) {
        return key.time() + "," + key.id();
    }

    static String of(SearchQuery.Key key) {
        return key.createdAt() + "," + key.conversation() + ","
                + key.message().map(MessageId::toString).orElse("");
    }

    static ListQuery.Key ofConversation(String cursor) {
        return read(cursor, 2, place -> new ListQuery.Key(Instant.parse(place[0]), ConversationId.parse(place[1])));
    }

    static SearchQuery.Key ofHit(String cursor) {
        return read(cursor, 3, place -> new SearchQuery.Key(Instant.parse(place[0]), ConversationId.parse(place[1]),
                Optional.of(place[2]).filter(id -> !id.isEmpty()).map(MessageId::parse)));
    }

    private static <K> K read(String cursor, int parts, Function<String[], K> key) {
        String[] place = cursor.split(",", -1);
        try {
            if (place.length == parts) {
                return key.apply(place);
            }
        } catch (DateTimeException | InvalidValue malformed) {
            // The error below is for every fault.
        }
        throw new InvalidValue("--cursor", "is not one that this command printed for this store");
    }
}
