package dev.confab.adapter.web.api;

import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Version;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions as entity tags (RFC 9110, sections 8.8.3 and 13.1). */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");
    private static final Pattern LIST = Pattern
            .compile("[ \\t]*" + TAG.pattern() + "([ \\t]*,[ \\t]*" + TAG.pattern() + ")*[ \\t]*");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    private EntityTags() {
    }

    static String of(Version version) {
        return "\"" + version + "\"";
    }

    /** What {@code If-Match} asks for. A weak tag never matches. */
    static Precondition ifMatch(HttpServletRequest request) {
        String tags = header(request, "If-Match");
        return tags.isEmpty() || tags.equals("*")
                ? new Precondition.None()
                : new Precondition.OneOf(versions(tags, false));
    }

    /** Whether the client has this version already, by {@code If-None-Match}; a proxy may have weakened its tag. */
    static boolean isKnown(HttpServletRequest request, Version version) {
        String tags = header(request, "If-None-Match");
        return tags.equals("*") || versions(tags, true).contains(version);
    }

    /** Refuses {@code If-Match} where nothing would look at it: a client that sends one relies on it. */
    static void refuseIfMatch(HttpServletRequest request) {
        if (request.getHeader("If-Match") != null) {
            throw ApiException.invalid("If-Match is not understood here");
        }
    }

    private static String header(HttpServletRequest request, String name) {
        var values = Collections.list(request.getHeaders(name));
        String joined = String.join(",", values).strip();
        if (!values.isEmpty() && !joined.equals("*") && !LIST.matcher(joined).matches()) {
            throw ApiException.invalid(name + " is neither * nor a list of entity tags");
        }
        return joined;
    }

    private static Set<Version> versions(String tags, boolean alsoWeak) {
        var versions = new HashSet<Version>();
        Matcher tag = TAG.matcher(tags);
        while (tag.find()) {
            if ((alsoWeak || tag.group(1) == null) && VERSION.matcher(tag.group(2)).matches()) {
                versions.add(new Version(Long.parseLong(tag.group(2))));
            }
        }
        return versions;
    }
}
