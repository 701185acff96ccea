package dev.confab.domain.conversation;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Pairs of strings that clients choose freely: at most 16, with keys of 1..64 and values of 0..512 characters. Sorted by key. */
public record Metadata(Map<String, String> pairs) {
    public static final int MAX_PAIRS = 16;
    public static final int MAX_KEY_LENGTH = 64;
    public static final int MAX_VALUE_LENGTH = 512;
    public static final Metadata EMPTY = new Metadata(Map.of());

    public Metadata {
        pairs = Collections.unmodifiableMap(new TreeMap<>(pairs));
        if (pairs.size() > MAX_PAIRS) {
            throw new InvalidValue("metadata", "has " + pairs.size() + " pairs; at most " + MAX_PAIRS + " are allowed");
        }
        pairs.forEach((key, value) -> {
            TextRules.text("metadata", key);
            TextRules.text("metadata", value);
            if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
                throw new InvalidValue("metadata", "a key must have 1 to " + MAX_KEY_LENGTH + " characters");
            }
            if (value.length() > MAX_VALUE_LENGTH) {
                throw new InvalidValue("metadata",
                        "the value of \"" + key + "\" has more than " + MAX_VALUE_LENGTH + " characters");
            }
        });
    }
}
