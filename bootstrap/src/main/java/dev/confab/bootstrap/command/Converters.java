package dev.confab.bootstrap.command;

import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.Scope;
import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options: the domain's types, and durations as in settings. */
final class Converters {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Converters() {
    }

    static void register(CommandLine tree) {
        tree.registerConverter(OwnerId.class, of(OwnerId::new));
        tree.registerConverter(ConversationId.class, of(ConversationId::parse));
        tree.registerConverter(ApiKeyId.class, of(ApiKeyId::parse));
        tree.registerConverter(Author.class, of(Author::new));
        tree.registerConverter(Role.class, Converters::role);
        tree.registerConverter(DateOrder.class, Converters::dateOrder);
        tree.registerConverter(Instant.class, of(Converters::time));
        tree.registerConverter(Scope.class, Converters::scope);
        tree.registerConverter(Duration.class, Converters::duration);
        tree.registerConverter(DataSize.class, Converters::size);
    }

    private static <T> ITypeConverter<T> of(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (InvalidValue e) {
                throw new TypeConversionException(e.reason());
            }
        };
    }

    private static Scope scope(String text) {
        return Scope.ofCode(text).orElseThrow(() -> new TypeConversionException("must be one or more of: "
                + Arrays.stream(Scope.values()).map(Scope::code).collect(Collectors.joining(", "))));
    }

    private static Role role(String text) {
        return Arrays.stream(Role.values()).filter(role -> name(role).equals(text)).findFirst()
                .orElseThrow(() -> new TypeConversionException("must be one of: "
                        + Arrays.stream(Role.values()).map(Converters::name).collect(Collectors.joining(", "))));
    }

    private static DateOrder dateOrder(String text) {
        return Arrays.stream(DateOrder.values()).filter(order -> order.name().equalsIgnoreCase(text)).findFirst()
                .orElseThrow(() -> new TypeConversionException("must be one of: dmy, mdy, ymd"));
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static Instant time(String text) {
        try {
            return Times.requireMillis(Instant.parse(text));
        } catch (DateTimeParseException malformed) {
            throw new TypeConversionException("must be a time in UTC, such as 2026-01-31T09:30:00Z");
        }
    }

    private static DataSize size(String text) {
        try {
            return DataSize.parse(text);
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            throw new TypeConversionException("must be a number with a unit, such as 500MB or 10GB");
        }
    }

    private static Duration duration(String text) {
        try {
            Duration duration = DurationStyle.detectAndParse(text);
            if (duration.isPositive() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException | ArithmeticException malformed) {
            // falls through to the one error for all
        }
        throw new TypeConversionException("must be a number with a unit, such as 12h or 90d, and at most "
                + LONGEST.toDays() + "d");
    }
}
