package dev.confab.adapter.web.request;

import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Version;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.ETag;

/** Reads the entity tags of conditional requests (RFC 9110, sections 8.8.3 and 13.1), which are versions. */
final class EntityTags {
    private static final String TAG = "[ \\t]*(W/)?\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\"[ \\t]*";
    private static final Pattern LIST = Pattern.compile(TAG + "(," + TAG + ")*");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    private EntityTags() {
    }

    /** A weak tag in {@code If-Match} never matches. */
    static Precondition ifMatch(HttpServletRequest request) {
        String tags = header(request, "If-Match");
        return tags.isEmpty() || tags.equals("*")
                ? new Precondition.None()
                : new Precondition.OneOf(versions(tags, false));
    }

    /** A weak tag in {@code If-None-Match} does match: a proxy may have weakened it. */
    static IfNoneMatch ifNoneMatch(HttpServletRequest request) {
        String tags = header(request, "If-None-Match");
        return new IfNoneMatch(tags.equals("*"), versions(tags, true));
    }

    private static String header(HttpServletRequest request, String name) {
        var values = Collections.list(request.getHeaders(name));
        String joined = String.join(",", values).strip();
        if (!values.isEmpty() && !joined.equals("*") && !LIST.matcher(joined).matches()) {
            throw ProblemException.invalid(name + ": must be * or a list of entity tags");
        }
        return joined;
    }

    private static Set<Version> versions(String tags, boolean alsoWeak) {
        return ETag.parse(tags).stream().filter(tag -> alsoWeak || !tag.weak()).map(ETag::tag)
                .filter(tag -> VERSION.matcher(tag).matches()).map(tag -> new Version(Long.parseLong(tag)))
                .collect(Collectors.toSet());
    }
}
