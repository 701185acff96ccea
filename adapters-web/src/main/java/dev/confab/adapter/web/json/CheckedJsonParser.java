package dev.confab.adapter.web.json;

import dev.confab.adapter.web.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.SerializableString;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.JsonParserDelegate;

/**
 * Refuses duplicate members, U+0000 and lone surrogates, with the JSON pointer of the place. Jackson's own duplicate detection does not tell the
 * place. Every way to advance goes through {@link #nextToken()}, so that no token is missed.
 */
final class CheckedJsonParser extends JsonParserDelegate {
    /** The names seen so far in each open object, the innermost first. */
    private final Deque<Set<String>> names = new ArrayDeque<>();

    CheckedJsonParser(JsonParser parser) {
        super(parser);
    }

    @Override
    public @Nullable JsonToken nextToken() {
        JsonToken token = super.nextToken();
        if (token == JsonToken.START_OBJECT) {
            names.push(new HashSet<>());
        } else if (token == JsonToken.END_OBJECT) {
            names.pop();
        } else if (token == JsonToken.PROPERTY_NAME) {
            requireWellFormed(currentName(), place().head());
            if (!names.element().add(currentName())) {
                throw ProblemException.invalid(place(), "duplicate member");
            }
        } else if (token == JsonToken.VALUE_STRING) {
            requireWellFormed(getString(), place());
        }
        return token;
    }

    @Override
    public @Nullable JsonToken nextValue() {
        JsonToken token = nextToken();
        return token == JsonToken.PROPERTY_NAME ? nextToken() : token;
    }

    @Override
    public @Nullable String nextName() {
        return nextToken() == JsonToken.PROPERTY_NAME ? currentName() : null;
    }

    @Override
    public boolean nextName(SerializableString expected) {
        return expected.getValue().equals(nextName());
    }

    @Override
    public int nextNameMatch(PropertyNameMatcher matcher) {
        String name = nextName();
        if (name != null) {
            return matcher.matchName(name);
        }
        return hasToken(JsonToken.END_OBJECT)
                ? PropertyNameMatcher.MATCH_END_OBJECT
                : PropertyNameMatcher.MATCH_ODD_TOKEN;
    }

    @Override
    public JsonParser skipChildren() {
        JsonToken start = currentToken();
        int open = start != null && start.isStructStart() ? 1 : 0;
        while (open > 0) {
            JsonToken token = nextToken();
            if (token == null || token.isStructEnd()) {
                open--;
            } else if (token.isStructStart()) {
                open++;
            }
        }
        return this;
    }

    JsonPointer place() {
        return streamReadContext().pathAsPointer();
    }

    private static void requireWellFormed(String text, JsonPointer at) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw ProblemException.invalid(at, "contains U+0000");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw ProblemException.invalid(at, "contains a lone surrogate");
            }
        }
    }
}
