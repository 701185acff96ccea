package dev.confab.adapter.web.api;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a listing; {@code nextCursor} is null on the last one. */
@JsonPropertyOrder({"items", "nextCursor"})
record PageJson<T>(List<T> items, @Nullable String nextCursor) {

    /** A page of messages, and the version of the conversation at the same moment. */
    @JsonPropertyOrder({"items", "nextCursor", "version"})
    record Messages(List<MessageJson> items, @Nullable String nextCursor, long version) {
    }
}
