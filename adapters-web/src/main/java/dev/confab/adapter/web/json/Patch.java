package dev.confab.adapter.web.json;

import dev.confab.domain.conversation.Metadata;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/** A member of a merge patch (RFC 7396): an absent one keeps the old value, null removes it, a value replaces it or is merged into it. */
@JsonDeserialize(using = Patch.Deserializer.class)
public sealed interface Patch<T> {

    record Absent<T>() implements Patch<T> {
    }

    record Null<T>() implements Patch<T> {
    }

    record Value<T>(T value) implements Patch<T> {
    }

    /** The value after the patch. */
    default <R> R apply(R old, R removed, Function<T, R> replaced) {
        return switch (this) {
            case Absent<T> _ -> old;
            case Null<T> _ -> removed;
            case Value<T>(T value) -> replaced.apply(value);
        };
    }

    /** Metadata after a patch: a string sets the value of its key, null removes the key. */
    static Metadata merged(Metadata old, Patch<Map<String, Optional<String>>> patch) {
        return patch.apply(old, Metadata.EMPTY, changes -> {
            var pairs = new TreeMap<>(old.pairs());
            changes.forEach(
                    (key, value) -> value.ifPresentOrElse(text -> pairs.put(key, text), () -> pairs.remove(key)));
            return new Metadata(pairs);
        });
    }

    /** Reads the value as the type that the member declares. */
    final class Deserializer extends ValueDeserializer<Patch<?>> {
        private final @Nullable ValueDeserializer<Object> value;

        Deserializer() {
            this(null);
        }

        private Deserializer(@Nullable ValueDeserializer<Object> value) {
            this.value = value;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty member) {
            JavaType valueType = context.getContextualType().containedType(0);
            return new Deserializer(context.findContextualValueDeserializer(valueType, member));
        }

        @Override
        public Patch<?> deserialize(JsonParser parser, DeserializationContext context) {
            return new Value<>(Objects.requireNonNull(value).deserialize(parser, context));
        }

        @Override
        public Patch<?> getNullValue(DeserializationContext context) {
            return new Null<>();
        }

        @Override
        public Patch<?> getAbsentValue(DeserializationContext context) {
            return new Absent<>();
        }
    }
}
