package dev.confab.domain.query;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Times;
import java.time.Instant;
import java.util.Optional;

/**
 * Which messages and titles a search looks at; what is empty excludes none.
 *
 * @param role only messages of this role, and no titles
 * @param from only what was created then or later; in whole milliseconds
 * @param to only what was created before that; in whole milliseconds
 */
public record SearchFilter(Optional<ConversationId> conversation, Optional<Role> role, Optional<Instant> from,
        Optional<Instant> to) {
    public static final SearchFilter NONE = in(Optional.empty());

    public SearchFilter {
        from.ifPresent(Times::requireMillis);
        to.ifPresent(Times::requireMillis);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new InvalidValue("from", "must be before to");
        }
    }

    public static SearchFilter in(Optional<ConversationId> conversation) {
        return new SearchFilter(conversation, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** @param messageRole empty for a title */
    public boolean admits(ConversationId id, Optional<Role> messageRole, Instant createdAt) {
        return conversation.map(id::equals).orElse(true) && (role.isEmpty() || role.equals(messageRole))
                && from.map(time -> !createdAt.isBefore(time)).orElse(true)
                && to.map(createdAt::isBefore).orElse(true);
    }
}
