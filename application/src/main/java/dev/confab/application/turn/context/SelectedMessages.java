package dev.confab.application.turn.context;

import dev.confab.application.Turns.ContextTooLarge;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.query.TokenWindow;
import dev.confab.domain.query.TokenWindow.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages that fit a budget, oldest first, in groups. A smaller budget needs no second read. */
public final class SelectedMessages {
    private final Conversation head;
    private final List<MessageGroup> groups;
    private final int omitted;
    private final String encoding;

    SelectedMessages(Conversation head, List<MessageGroup> groups, int omitted, String encoding) {
        this.head = head;
        this.groups = List.copyOf(groups);
        this.omitted = omitted;
        this.encoding = encoding;
    }

    /** The newest message; empty if there is none that is not removed. */
    public Optional<Message> last() {
        return groups.isEmpty()
                ? Optional.empty()
                : Optional.of(groups.getLast().messages().getLast().message());
    }

    public TokenWindow window() {
        return new TokenWindow(head, groups.stream().flatMap(group -> group.messages().stream()).toList(), omitted,
                encoding);
    }

    /**
     * The messages without the oldest ones, so that they fit into what is left of a budget.
     *
     * @throws ContextTooLarge those that must be told do not fit
     */
    public List<Message> within(int budget, int reserved) {
        int tooMany = groups.stream().mapToInt(MessageGroup::tokens).sum() + reserved - budget;
        var told = new ArrayList<Message>();
        for (MessageGroup group : groups) {
            if (tooMany > 0 && !group.always()) {
                tooMany -= group.tokens();
            } else {
                group.messages().stream().map(Counted::message).forEach(told::add);
            }
        }
        if (tooMany > 0) {
            throw new ContextTooLarge(budget);
        }
        return told;
    }
}
