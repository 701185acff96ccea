package dev.confab.adapter.chatexport.json;

import java.util.Arrays;
import java.util.Set;

/**
 * Which members the beginning of a JSON text has.
 *
 * @param paths the names from the root, such as {@code [].mapping}: {@code []} is every element of an array
 */
public record JsonShape(Set<String> paths) {
    public static final JsonShape NONE = new JsonShape(Set.of());

    public JsonShape {
        paths = Set.copyOf(paths);
    }

    public boolean has(String... all) {
        return paths.containsAll(Arrays.asList(all));
    }

    public boolean hasOneOf(String... some) {
        return Arrays.stream(some).anyMatch(paths::contains);
    }
}
