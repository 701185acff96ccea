package dev.confab.adapter.web.json;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/** A member of a merge patch (RFC 7396): an absent one keeps what is there, null removes it, a value replaces it or is merged in. */
@JsonDeserialize(using = Patch.Deserializer.class)
public sealed interface Patch<T> {

    record Absent<T>() implements Patch<T> {
    }

    record Null<T>() implements Patch<T> {
    }

    record Value<T>(T value) implements Patch<T> {
    }

    /** What the member is after the patch. */
    default <R> R apply(R old, R removed, Function<T, R> replaced) {
        return switch (this) {
            case Absent<T> _ -> old;
            case Null<T> _ -> removed;
            case Value<T>(T value) -> replaced.apply(value);
        };
    }

    /** Reads the value as the type that the member declares. */
    final class Deserializer extends ValueDeserializer<Patch<?>> {
        private final @Nullable JavaType valueType;

        Deserializer() {
            this(null);
        }

        private Deserializer(@Nullable JavaType valueType) {
            this.valueType = valueType;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty member) {
            return new Deserializer(context.getContextualType().containedType(0));
        }

        @Override
        public Patch<?> deserialize(JsonParser parser, DeserializationContext context) {
            return new Value<>(context.<Object>readValue(parser, valueType));
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
