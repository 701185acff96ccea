package dev.confab.adapter.chatexport.json;

import dev.confab.adapter.chatexport.file.Entry;
import dev.confab.domain.chatexport.Refusal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Walks through the JSON of one entry, from its beginning to its end. */
public final class JsonCursor implements AutoCloseable {
    private static final int MAX_STRING = 64 * 1024 * 1024;
    /** A long chat may be nested message in message. */
    private static final int MAX_NESTING = 50_000;
    private static final int MAX_NAME = 10_000;
    private static final int SHAPE_TOKENS = 50_000;
    private static final int SHAPE_BYTES = 1 << 20;
    private static final int SHAPE_DEPTH = 5;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_STRING)
                    .maxNestingDepth(MAX_NESTING).maxNameLength(MAX_NAME).build())
            .build();

    /** Reads one value, which begins with the current token, or a part of it; the cursor skips the rest. */
    @FunctionalInterface
    public interface Element {
        /** @param pointer of the value, from the root of the JSON */
        void read(String pointer);
    }

    /** As {@link Element}, for a member of an object. */
    @FunctionalInterface
    public interface Member {
        void read(String name);
    }

    private final String entry;
    private final JsonParser json;
    private final CleanText clean;

    private JsonCursor(String entry, JsonParser json, CleanText clean) {
        this.entry = entry;
        this.json = json;
        this.clean = clean;
    }

    /** At the first token. */
    public static JsonCursor open(Entry entry, CleanText clean) throws IOException {
        var cursor = new JsonCursor(entry.name(), FACTORY.createParser(ObjectReadContext.empty(), entry.open()), clean);
        var _ = cursor.json.nextToken();
        return cursor;
    }

    public boolean isAt(JsonToken token) {
        return json.currentToken() == token;
    }

    /** Whether the member that begins here is null, or an array or object without anything in it. Goes into it by one token to see that. */
    public boolean isEmptyMember() {
        JsonToken token = json.currentToken();
        if (token == null || !token.isStructStart()) {
            return token == JsonToken.VALUE_NULL;
        }
        JsonToken next = json.nextToken();
        return next != null && next.isStructEnd();
    }

    /** Whether all of the JSON has been read. */
    public boolean isAtEnd() {
        return json.currentToken() == null;
    }

    public void next() {
        var _ = json.nextToken();
    }

    /** How many bytes have been read, about. */
    public long bytes() {
        return json.currentTokenLocation().getByteOffset();
    }

    /** The name of the entry. */
    public String entry() {
        return entry;
    }

    /** A place in this entry, for reports. */
    public String place(String pointer) {
        return entry + "#" + pointer;
    }

    /**
     * Reads each element of the array that begins here; does nothing when another value does. An element that throws {@link Refused} is
     * reported, and the next one is read.
     */
    public void elements(String pointer, Element element, Consumer<Refusal> refusals) {
        if (!isAt(JsonToken.START_ARRAY)) {
            return;
        }
        int depth = depth();
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY && !isAtEnd(); i++) {
            String at = pointer + "/" + i;
            try {
                element.read(at);
            } catch (Refused refused) {
                refusals.accept(new Refusal(place(at), refused.reason()));
            }
            skipTo(depth);
        }
    }

    /** Reads each member of the object that begins here. Throws {@link Refused} when another value does. */
    public void members(Member member) {
        if (!isAt(JsonToken.START_OBJECT)) {
            throw new Refused("is not a JSON object");
        }
        int depth = depth();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = clean.clean(json.currentName());
            var _ = json.nextToken();
            member.read(name);
            skipTo(depth);
        }
    }

    /** As {@link #members}; a member that throws {@link Refused} is reported, and the next one is read. */
    public void members(String pointer, Member member, Consumer<Refusal> refusals) {
        members(name -> {
            int depth = json.currentToken().isStructStart() ? depth() - 1 : depth();
            try {
                member.read(name);
            } catch (Refused refused) {
                refusals.accept(new Refusal(place(pointer + "/" + escaped(name)), refused.reason()));
                skipTo(depth);
            }
        });
    }

    /** A name as a part of a JSON pointer (RFC 6901). */
    public static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** The value that begins here, whole. Throws {@link Refused} when it is too large for memory. */
    public JsonNode tree() {
        return new JsonTree(json, clean).read();
    }

    /**
     * Reads the objects of the array that begins here, and those in the arrays that a member of each object nests. An object is passed on
     * after those in it, without that member. Throws {@link Refused} when another value begins here.
     */
    public void nested(String member, Consumer<ObjectNode> element) {
        if (!isAt(JsonToken.START_ARRAY)) {
            throw new Refused("has messages that are not in an array");
        }
        int depth = depth();
        var open = new ArrayDeque<ObjectNode>();
        for (JsonToken token = json.nextToken(); token != null && depth() >= depth; token = json.nextToken()) {
            switch (token) {
                case START_OBJECT -> open.push(JsonNodeFactory.instance.objectNode());
                case PROPERTY_NAME -> {
                    String name = clean.clean(json.currentName());
                    if (!name.equals(member) || json.nextToken() != JsonToken.START_ARRAY) {
                        open.element().set(name, name.equals(member) ? tree() : nextTree());
                    }
                }
                case END_OBJECT -> element.accept(open.pop());
                default -> {
                    // The ends of arrays, and values that are no messages.
                }
            }
        }
    }

    private JsonNode nextTree() {
        var _ = json.nextToken();
        return tree();
    }

    /** Which members the rest of the JSON has: what is broken, or far from the beginning, is left out. */
    public JsonShape shape() {
        var paths = new HashSet<String>();
        var path = new ArrayDeque<String>();
        try {
            for (int tokens = 0; !isAtEnd() && tokens < SHAPE_TOKENS && bytes() < SHAPE_BYTES; tokens++) {
                shapeToken(json.currentToken(), path, paths);
                next();
            }
        } catch (JacksonException broken) {
            // The reader will say where.
        }
        return new JsonShape(paths);
    }

    /** The path has an entry for each container that is open: its own path, or that of its current member. */
    private void shapeToken(JsonToken token, ArrayDeque<String> path, Set<String> paths) {
        String here = path.isEmpty() ? "" : path.element();
        switch (token) {
            case START_OBJECT -> path.push(here);
            case START_ARRAY -> path.push(here + "[]");
            case END_OBJECT, END_ARRAY -> {
                if (!path.isEmpty()) {
                    path.pop();
                }
            }
            case PROPERTY_NAME -> {
                path.pop();
                String parent = path.isEmpty() ? "" : path.element();
                String name = parent.isEmpty() ? json.currentName() : parent + "." + json.currentName();
                path.push(name);
                if (path.size() <= SHAPE_DEPTH) {
                    paths.add(name);
                }
            }
            default -> {
                // Values have no names.
            }
        }
    }

    private int depth() {
        return json.streamReadContext().getNestingDepth();
    }

    /** To the end of the JSON value that has everything. */
    public void skipToRoot() {
        skipTo(0);
    }

    private void skipTo(int depth) {
        while (depth() > depth && json.nextToken() != null) {
            // Every token in between is skipped.
        }
    }

    /** Where and why the JSON cannot be read further. */
    public static Refusal broken(Entry entry, JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        String place = at == null || at.getLineNr() < 1
                ? entry.name()
                : entry.name() + ":" + at.getLineNr() + ":" + at.getColumnNr();
        return new Refusal(place, e.getCause() instanceof IOException cause
                ? "cannot be read further: " + cause.getMessage()
                : "is not valid JSON from here on: " + e.getOriginalMessage());
    }

    @Override
    public void close() {
        json.close();
    }
}
