package dev.confab.adapter.web.conversation;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.query.ListQuery.Sort;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** The orders of a list of conversations; the bin is asked for by {@code deleted}. */
@Component
final class SortConverter implements Converter<String, Sort> {
    @Override
    public Sort convert(String text) {
        return switch (text) {
            case "updated" -> Sort.UPDATED;
            case "created" -> Sort.CREATED;
            default -> throw new InvalidValue("sort", "must be updated or created");
        };
    }
}
