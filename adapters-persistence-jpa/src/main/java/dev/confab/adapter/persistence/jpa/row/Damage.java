package dev.confab.adapter.persistence.jpa.row;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.port.ConversationDamaged;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/** Reports an invalid row as {@link ConversationDamaged}, with the reason as its cause. */
public final class Damage {
    private Damage() {
    }

    /** Maps a row of the conversation; an invalid row is reported as damage. */
    public static <T> T named(UUID conversation, Supplier<T> mapping) {
        try {
            return mapping.get();
        } catch (InvalidValue | IllegalArgumentException | NullPointerException | JacksonException e) {
            throw named(conversation, e);
        }
    }

    public static ConversationDamaged named(UUID conversation, Throwable cause) {
        var damaged = new ConversationDamaged(new ConversationId(conversation));
        damaged.initCause(cause);
        return damaged;
    }
}
