package dev.confab.adapter.web.request;

import dev.confab.adapter.web.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which page of a listing a request asks for, by the query parameters {@code limit} and {@code cursor}. */
public record PageRequest(Optional<Integer> limit, Optional<String> cursor, Cursors cursors) {
    /** How many items a page has unless the request or the listing says otherwise. */
    public static final int DEFAULT_LIMIT = 20;
    static final Set<String> QUERY_PARAMETERS = Set.of("limit", "cursor");

    static PageRequest of(HttpServletRequest request, Cursors cursors) {
        return new PageRequest(
                Optional.ofNullable(request.getParameter("limit")).map(text -> QueryValues.integer("limit", text)),
                Optional.ofNullable(request.getParameter("cursor")), cursors);
    }

    public int limitOr(int otherwise) {
        return limit.orElse(otherwise);
    }

    /** For a listing whose own query does not check the limit. */
    public int limitUpTo(int max) {
        int chosen = limitOr(DEFAULT_LIMIT);
        if (chosen < 1 || chosen > max) {
            throw ProblemException.invalid("limit: must be from 1 to " + max);
        }
        return chosen;
    }

    /**
     * Where the page starts; empty for the first page.
     *
     * @param listing identifies the listing: its kind, order and owner
     * @param key reads the parts of a place that {@link #next} was given
     */
    public <K> Optional<K> after(String listing, Function<String[], K> key) {
        return cursors.open(listing, cursor).map(place -> key.apply(place.split(" ", -1)));
    }

    /** The cursor of the page that starts after a place in this listing. */
    public String next(String listing, Object... place) {
        return cursors.seal(listing, String.join(" ", Stream.of(place).map(Object::toString).toList()));
    }
}
