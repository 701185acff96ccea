package dev.confab.adapter.chatexport.slack;

import dev.confab.adapter.chatexport.json.CleanText;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Slack's texts as a person reads them: with names for ids, and without escapes.
 *
 * @param users their names by their ids
 * @param clean for what is read
 */
record SlackText(Map<String, String> users, CleanText clean) {
    /** A mention of a user, a channel or a group, or a link; with a label behind a bar. */
    private static final Pattern REFERENCE = Pattern.compile("<([@#!]?)([^<>|]{1,4000})(?:\\|([^<>]{0,4000}))?>");

    String user(String id) {
        return users.getOrDefault(id, id);
    }

    String readable(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(reference(match)))
                .replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private String reference(MatchResult match) {
        String target = match.group(2);
        String label = match.group(3) == null ? "" : match.group(3);
        return switch (match.group(1)) {
            case "@" -> "@" + (label.isEmpty() ? user(target) : label);
            case "#" -> "#" + (label.isEmpty() ? target : label);
            case "!" -> "@" + (label.isEmpty() ? target : label).replaceFirst("^@", "");
            default -> label.isEmpty() || label.equals(target) ? target : label + " (" + target + ")";
        };
    }
}
