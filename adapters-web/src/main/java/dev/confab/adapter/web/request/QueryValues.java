package dev.confab.adapter.web.request;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;
import java.util.regex.Pattern;
import org.springframework.format.FormatterRegistry;

/**
 * How path variables and query parameters are written. Spring would also take {@code 0x10} and {@code yes}: when one of these converters refuses a
 * number or a flag, Spring tries its own property editors, but not for an {@code Optional}. So handlers declare optional ones.
 */
final class QueryValues {
    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private QueryValues() {
    }

    static void addConverters(FormatterRegistry registry) {
        registry.addConverter(String.class, ConversationId.class, ConversationId::parse);
        registry.addConverter(String.class, MessageId.class, MessageId::parse);
        registry.addConverter(String.class, SessionId.class, SessionId::parse);
        registry.addConverter(String.class, TurnId.class, TurnId::parse);
        registry.addConverter(String.class, Integer.class, text -> integer("number", text));
        registry.addConverter(String.class, Since.class, text -> new Since(number("since", text)));
        registry.addConverter(String.class, Boolean.class, QueryValues::flag);
    }

    /** A non-negative integer of 32 bits. */
    static int integer(String name, String text) {
        long number = number(name, text);
        if (number > Integer.MAX_VALUE) {
            throw new InvalidValue(name, "is too large");
        }
        return (int) number;
    }

    /** A non-negative integer of at most 18 digits. */
    static long number(String name, String text) {
        if (!INTEGER.matcher(text).matches()) {
            throw new InvalidValue(name, "must be a non-negative integer");
        }
        return Long.parseLong(text);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValue("flag", "must be true or false");
        };
    }
}
