package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Times;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which messages and titles a search looks at; what is empty excludes none.
 *
 * @param labels only in conversations that have all of them now, whenever their messages were written
 * @param role only messages of this role, and no titles
 * @param author only messages of this author, named exactly as they are stored, and no titles
 * @param from only what was created then or later; in whole milliseconds
 * @param to only what was created before that; in whole milliseconds
 */
public record SearchFilter(Optional<ConversationId> conversation, SortedSet<String> labels, Optional<Role> role,
        Optional<Author> author, Optional<Instant> from, Optional<Instant> to) {
    public static final SearchFilter NONE = new SearchFilter(Optional.empty(), Collections.emptySortedSet(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public SearchFilter {
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
        labels.forEach(Filing::requireLabel);
        from.ifPresent(Times::requireMillis);
        to.ifPresent(Times::requireMillis);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new InvalidValue("from", "must be before to");
        }
    }

    public static SearchFilter in(Optional<ConversationId> conversation) {
        return new SearchFilter(conversation, NONE.labels, NONE.role, NONE.author, NONE.from, NONE.to);
    }

    /** Whether the search looks into the conversation. */
    public boolean admits(Conversation head) {
        return conversation.map(head.id()::equals).orElse(true) && head.filing().labels().containsAll(labels);
    }

    /** Whether the search looks at the message, of a conversation that it looks into. */
    public boolean admits(Message message) {
        return (role.isEmpty() || role.get() == message.role())
                && (author.isEmpty() || author.equals(message.author()))
                && isInPeriod(message.createdAt());
    }

    /** Whether the search looks at titles at all: they have no role and no author. */
    public boolean admitsTitles() {
        return role.isEmpty() && author.isEmpty();
    }

    /** Whether the search looks at the title of the conversation. */
    public boolean admitsTitle(Conversation head) {
        return admitsTitles() && admits(head) && isInPeriod(head.createdAt());
    }

    private boolean isInPeriod(Instant createdAt) {
        return from.map(time -> !createdAt.isBefore(time)).orElse(true) && to.map(createdAt::isBefore).orElse(true);
    }
}
