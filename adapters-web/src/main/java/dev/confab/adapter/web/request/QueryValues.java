package dev.confab.adapter.web.request;

import dev.confab.application.Transfer.OnConflict;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.query.ListQuery.Sort;
import dev.confab.domain.query.Window.Order;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.webhook.WebhookId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.format.FormatterRegistry;

/**
 * How path variables and query parameters are written. Spring would also accept {@code 0x10} and {@code yes}: when one of these converters
 * rejects a number or a flag, Spring tries its own property editors, but not for an {@code Optional}. So handlers declare
 * {@code Optional} parameters.
 */
final class QueryValues {
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private QueryValues() {
    }

    static void addConverters(FormatterRegistry registry) {
        registry.addConverter(String.class, ConversationId.class, ConversationId::parse);
        registry.addConverter(String.class, MessageId.class, MessageId::parse);
        registry.addConverter(String.class, SessionId.class, SessionId::parse);
        registry.addConverter(String.class, TurnId.class, TurnId::parse);
        registry.addConverter(String.class, ApiKeyId.class, ApiKeyId::parse);
        registry.addConverter(String.class, WebhookId.class, WebhookId::parse);
        registry.addConverter(String.class, ImportJobId.class, ImportJobId::parse);
        registry.addConverter(String.class, OwnerId.class, OwnerId::new);
        registry.addConverter(String.class, Author.class, Author::new);
        registry.addConverter(String.class, Integer.class, text -> integer("number", text));
        registry.addConverter(String.class, TokenBudget.class, text -> new TokenBudget(integer("tokens", text)));
        registry.addConverter(String.class, Since.class, text -> new Since(number("since", text)));
        registry.addConverter(String.class, Instant.class, QueryValues::time);
        registry.addConverter(String.class, LocalDate.class, QueryValues::date);
        registry.addConverter(String.class, ZoneId.class, QueryValues::zone);
        addChoice(registry, Boolean.class, Map.of("true", true, "false", false));
        addChoice(registry, Sort.class, Map.of("updated", Sort.UPDATED, "created", Sort.CREATED));
        addChoice(registry, Order.class, Map.of("asc", Order.ASCENDING, "desc", Order.DESCENDING));
        addChoice(registry, Role.class, Arrays.stream(Role.values())
                .collect(Collectors.toMap(role -> role.name().toLowerCase(Locale.ROOT), Function.identity())));
        addChoice(registry, DateOrder.class, Map.of("dmy", DateOrder.DMY, "mdy", DateOrder.MDY, "ymd", DateOrder.YMD));
        addChoice(registry, OnConflict.class, Map.of("new-id", OnConflict.NEW_ID));
    }

    private static <T> void addChoice(FormatterRegistry registry, Class<T> type, Map<String, T> choices) {
        registry.addConverter(String.class, type, text -> {
            T choice = choices.get(text);
            if (choice == null) {
                throw new InvalidValue("choice", "must be " + String.join(" or ", new TreeSet<>(choices.keySet())));
            }
            return choice;
        });
    }

    private static Instant time(String text) {
        try {
            return Times.requireMillis(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new InvalidValue("time", "must be a time in UTC, like 2026-01-31T09:30:00.000Z");
        }
    }

    /** LocalDate also reads years of more than four digits. */
    private static LocalDate date(String text) {
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException noSuchDay) {
            // Refused below, like what is no date at all.
        }
        throw new InvalidValue("date", "must be a date, like 2026-01-31");
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new InvalidValue("zone", "must be a time zone, like Europe/Berlin or +02:00");
        }
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
}
