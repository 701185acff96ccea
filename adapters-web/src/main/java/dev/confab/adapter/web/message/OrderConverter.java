package dev.confab.adapter.web.message;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.query.Window.Order;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** The orders of a list of messages. */
@Component
final class OrderConverter implements Converter<String, Order> {
    @Override
    public Order convert(String text) {
        return switch (text) {
            case "asc" -> Order.ASCENDING;
            case "desc" -> Order.DESCENDING;
            default -> throw new InvalidValue("order", "must be asc or desc");
        };
    }
}
