package dev.confab.adapter.chatexport.format;

import dev.confab.adapter.chatexport.file.Entry;
import dev.confab.adapter.chatexport.file.ExportContents;
import dev.confab.adapter.chatexport.json.CleanText;
import dev.confab.adapter.chatexport.json.JsonCursor;
import dev.confab.adapter.chatexport.json.JsonShape;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;

/** What a file contains, and how the JSON in it begins, which several formats look at. */
public final class Contents {
    /** More entries of JSON are not looked at. */
    private static final int MAX_SHAPES = 1_000;

    private final ExportContents file;
    private final Map<String, JsonShape> shapes = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    public Contents(ExportContents file) {
        this.file = file;
    }

    /** Of the file, without its ending. */
    public String name() {
        return file.name();
    }

    public boolean isArchive() {
        return file.isArchive();
    }

    public List<Entry> entries() {
        return file.entries();
    }

    /** The first entry whose name ends so, in any folder. */
    public Optional<Entry> named(String lastName) {
        return entries().stream().filter(entry -> entry.lastName().equals(lastName)).findFirst();
    }

    /** The entry is read. */
    public void take(Entry entry) {
        taken.add(entry.name());
    }

    /** The names of the entries that were not read, in the order of the archive. */
    public List<String> untaken() {
        return entries().stream().map(Entry::name).filter(name -> !taken.contains(name)).toList();
    }

    /** The entries that are JSON of this shape, by name. */
    List<Entry> json(Predicate<JsonShape> shape) {
        return entries().stream().filter(entry -> !isArchive() || isJson(entry)).limit(MAX_SHAPES)
                .filter(entry -> shape.test(shapes.computeIfAbsent(entry.name(), _ -> shape(entry)))).sorted(
                        (one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    /** How the entry of this name begins, which was looked at before. */
    JsonShape shapeOf(String entry) {
        return shapes.getOrDefault(entry, JsonShape.NONE);
    }

    private static boolean isJson(Entry entry) {
        return entry.lastName().toLowerCase(Locale.ROOT).endsWith(".json");
    }

    private static JsonShape shape(Entry entry) {
        try (var json = JsonCursor.open(entry, new CleanText())) {
            return json.shape();
        } catch (JacksonException | IOException notJson) {
            return JsonShape.NONE;
        }
    }
}
