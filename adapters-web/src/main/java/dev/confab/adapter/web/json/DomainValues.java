package dev.confab.adapter.web.json;

import dev.confab.application.Turns.IfBusy;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.WebhookUrl;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Reads the domain's values from requests. Each value checks itself; {@link StrictJson} adds the place of the fault. */
final class DomainValues {
    private DomainValues() {
    }

    static JacksonModule module() {
        var module = new SimpleModule("domain values");
        add(module, ConversationId.class, text(ConversationId::parse));
        add(module, MessageId.class, text(MessageId::parse));
        add(module, SessionId.class, text(SessionId::parse));
        add(module, TurnId.class, text(TurnId::parse));
        add(module, Title.class, text(Title::new));
        add(module, Author.class, text(Author::new));
        add(module, OwnerId.class, text(OwnerId::new));
        add(module, Scope.class, text(DomainValues::scope));
        add(module, WebhookUrl.class, text(WebhookUrl::parse));
        add(module, EventType.class, text(DomainValues::eventType));
        add(module, Role.class, text(DomainValues::role));
        add(module, IfBusy.class, text(DomainValues::ifBusy));
        add(module, Instant.class, text(DomainValues::time));
        add(module, Version.class, (parser, context) -> new Version(context.readValue(parser, Long.class)));
        add(module, TokenBudget.class,
                (parser, context) -> new TokenBudget(context.readValue(parser, Integer.class)));
        add(module, Metadata.class, (parser, _) -> metadata(parser));
        // A patch of data or variables may replace all of them and remove as many.
        add(module, JsonObjectText.MergePatch.class, (parser,
                _) -> new JsonObjectText.MergePatch(ExactJson.objectText(parser, 2 * Message.MAX_DATA_BYTES)));
        add(module, JsonObjectText.class, (parser,
                _) -> new JsonObjectText(ExactJson.objectText(parser, Message.MAX_DATA_BYTES)));
        add(module, ContextVariables.class, (parser,
                _) -> new ContextVariables(ExactJson.objectText(parser, ContextVariables.MAX_BYTES)));
        return module;
    }

    /** @param reader reads a value that starts at the parser's current token */
    private static <T> void add(SimpleModule module, Class<T> type,
            BiFunction<JsonParser, DeserializationContext, T> reader) {
        module.addDeserializer(type, new ValueDeserializer<T>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) {
                return reader.apply(parser, context);
            }
        });
    }

    private static <T> BiFunction<JsonParser, DeserializationContext, T> text(Function<String, T> type) {
        return (parser, _) -> {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new InvalidMember(JsonPointer.empty(), "must be a string");
            }
            return type.apply(parser.getString());
        };
    }

    /** Stops at the first pair too many, so that a large object takes no more memory than an allowed one. */
    private static Metadata metadata(JsonParser parser) {
        ExactJson.requireObject(parser);
        var pairs = new TreeMap<String, String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            ExactJson.requireWellFormed(parser);
            String key = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw new InvalidMember(JsonPointer.empty().appendProperty(key), "must be a string");
            }
            ExactJson.requireWellFormed(parser);
            pairs.put(key, parser.getString());
            if (pairs.size() > Metadata.MAX_PAIRS) {
                break; // Metadata checks its values itself
            }
        }
        return new Metadata(pairs);
    }

    private static Role role(String name) {
        return Arrays.stream(Role.values()).filter(role -> role.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidValue("role", "must be one of user, assistant, system, tool"));
    }

    private static IfBusy ifBusy(String name) {
        return Arrays.stream(IfBusy.values()).filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst().orElseThrow(() -> new InvalidValue("ifBusy", "must be one of reject, interrupt, queue"));
    }

    private static Scope scope(String code) {
        return Scope.ofCode(code).orElseThrow(
                () -> new InvalidValue("scope", "must be one of " + Arrays.stream(Scope.values()).map(Scope::code)
                        .collect(Collectors.joining(", "))));
    }

    private static EventType eventType(String code) {
        return EventType.ofCode(code).filter(EventType.SUBSCRIBABLE::contains).orElseThrow(
                () -> new InvalidValue("event", "must be one of " + EventType.SUBSCRIBABLE.stream().sorted()
                        .map(EventType::code).collect(Collectors.joining(", "))));
    }

    private static Instant time(String text) {
        try {
            Instant time = Instant.parse(text);
            if (ResponseJson.time(time).equals(text)) {
                return Times.requireMillis(time);
            }
        } catch (DateTimeException malformed) {
            // The error below is for both faults.
        }
        throw new InvalidValue("time", "must be a time in UTC with milliseconds, like 2026-01-31T09:30:00.000Z");
    }
}
