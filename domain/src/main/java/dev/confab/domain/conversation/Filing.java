package dev.confab.domain.conversation;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How the owner keeps a conversation among the others: pinned to the top of lists, archived out of sight, with labels.
 *
 * @param labels at most 16, each of 1..64 code points
 */
public record Filing(boolean pinned, boolean archived, SortedSet<String> labels) {
    public static final int MAX_LABELS = 16;
    public static final int MAX_LABEL_CODE_POINTS = 64;
    public static final Filing NONE = new Filing(false, false, Collections.emptySortedSet());

    public Filing {
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
        if (labels.size() > MAX_LABELS) {
            throw new InvalidValue("labels",
                    "has " + labels.size() + " labels; at most " + MAX_LABELS + " are allowed");
        }
        labels.forEach(Filing::requireLabel);
    }

    /** The labels of a list that names none of them twice. */
    public static SortedSet<String> labels(List<String> list) {
        var labels = new TreeSet<String>();
        for (String label : list) {
            if (!labels.add(label)) {
                throw new InvalidValue("labels", "has \"" + label + "\" twice");
            }
        }
        return labels;
    }

    public static String requireLabel(String label) {
        TextRules.text("labels", label);
        if (label.isEmpty() || label.codePointCount(0, label.length()) > MAX_LABEL_CODE_POINTS) {
            throw new InvalidValue("labels", "a label must have 1 to " + MAX_LABEL_CODE_POINTS + " characters");
        }
        return label;
    }
}
