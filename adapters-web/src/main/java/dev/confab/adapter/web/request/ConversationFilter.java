package dev.confab.adapter.web.request;

import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.query.ListFilter;
import dev.confab.domain.query.ListFilter.Archived;
import dev.confab.domain.query.ListQuery.Sort;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Which conversations a list shows, by the query parameters that are named below; only that of a label may be repeated. */
public record ConversationFilter(Optional<Archived> archived, Optional<Boolean> pinned, SortedSet<String> labels,
        Metadata metadata) {
    static final String LABEL = "label";
    static final String METADATA = "metadata.";
    static final Set<String> QUERY_PARAMETERS = Set.of("archived", "pinned", LABEL, METADATA);

    static ConversationFilter of(HttpServletRequest request) {
        return new ConversationFilter(
                choice(request, "archived",
                        Map.of("exclude", Archived.EXCLUDE, "include", Archived.INCLUDE, "only", Archived.ONLY)),
                choice(request, "pinned", Map.of("true", true, "false", false)),
                Labels.of(request).all(), metadata(request));
    }

    /** The labels that a conversation must have; the parameter may be repeated. */
    public record Labels(SortedSet<String> all) {
        static Labels of(HttpServletRequest request) {
            String[] labels = request.getParameterValues(LABEL);
            return new Labels(named(LABEL, () -> labels(labels == null ? List.of() : List.of(labels))));
        }
    }

    /** Identifies the filter in a listing; empty for a request without any of the parameters. */
    public String name() {
        boolean isEmpty = archived.isEmpty() && pinned.isEmpty() && labels.isEmpty() && metadata.equals(Metadata.EMPTY);
        return isEmpty ? "" : " " + this;
    }

    /** In the bin archived conversations are shown unless the request says otherwise, elsewhere they are not. */
    public ListFilter of(Sort sort) {
        Archived otherwise = switch (sort) {
            case UPDATED, CREATED -> Archived.EXCLUDE;
            case DELETED -> Archived.INCLUDE;
        };
        return new ListFilter(archived.orElse(otherwise), pinned, labels, metadata);
    }

    private static <T> Optional<T> choice(HttpServletRequest request, String name, Map<String, T> choices) {
        String text = request.getParameter(name);
        if (text == null) {
            return Optional.empty();
        }
        T choice = choices.get(text);
        if (choice == null) {
            throw ProblemException.invalid(
                    name + ": must be " + String.join(" or ", new TreeSet<>(choices.keySet())));
        }
        return Optional.of(choice);
    }

    private static SortedSet<String> labels(List<String> labels) {
        labels.forEach(Filing::requireLabel);
        if (labels.size() > Filing.MAX_LABELS) {
            throw new InvalidValue(LABEL, "at most " + Filing.MAX_LABELS + " labels are allowed");
        }
        return new TreeSet<>(labels);
    }

    private static Metadata metadata(HttpServletRequest request) {
        var pairs = new TreeMap<String, String>();
        request.getParameterMap().forEach((name, values) -> {
            if (name.startsWith(METADATA)) {
                pairs.put(name.substring(METADATA.length()), values[0]);
            }
        });
        return named("metadata", () -> new Metadata(pairs));
    }

    /** The domain's name of a value is not the parameter's. */
    private static <T> T named(String name, Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidValue refused) {
            throw ProblemException.invalid(name + ": " + refused.reason());
        }
    }
}
