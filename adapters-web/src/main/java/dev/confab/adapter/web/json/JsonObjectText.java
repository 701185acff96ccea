package dev.confab.adapter.web.json;

import java.util.Optional;

/** The compact text of a JSON object in a request, with its member names and digits unchanged. */
public record JsonObjectText(String text) {

    /** The text of a merge patch of such an object. */
    public record MergePatch(String text) {

        /** The text of the object after the patch (RFC 7396, section 2). An absent object counts as an empty one. */
        public String appliedTo(Optional<String> target) {
            return ExactJson.merged(target.orElse("{}"), text);
        }
    }
}
