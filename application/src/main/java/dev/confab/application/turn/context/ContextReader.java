package dev.confab.application.turn.context;

import dev.confab.application.Transfer.ChangedMeanwhile;
import dev.confab.application.Turns.ContextTooLarge;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.TokenCounter.Encoding;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.query.Window.Order;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Selects the messages that an assistant gets, all of one version of the conversation.
 *
 * <p>System messages are told always if they are among the first {@link Window#MAX_LIMIT} messages or the last {@value #FIRST_PAGE}; one
 * in between is selected like any other message, when it is among the newest that fit. To find all of them, each turn would have to read the
 * whole conversation. What is held in memory is bounded by the weight of a {@link Window}, whatever the budget is.
 */
public record ContextReader(ConversationReader reader) {
    static final int FIRST_PAGE = 100;
    private static final int MAX_ATTEMPTS = 5;

    /** All messages. */
    public static final int TO_THE_END = Integer.MAX_VALUE - 1;

    /**
     * Selects from the messages up to a position.
     *
     * @param budget in tokens, of which the messages may have {@code budget - reserved}
     * @throws ContextTooLarge what must be told does not fit
     * @throws ChangedMeanwhile the conversation was changed, other than by appending, during each attempt
     */
    public SelectedMessages select(ConversationId id, int last, Encoding encoding, int budget, int reserved,
            Instant now) {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            Optional<SelectedMessages> selected = attempt(id, last, new ContextScan(encoding, budget, reserved), now);
            if (selected.isPresent()) {
                return selected.get();
            }
        }
        throw new ChangedMeanwhile(id);
    }

    private Optional<SelectedMessages> attempt(ConversationId id, int last, ContextScan scan, Instant now) {
        ConversationWindow page = reader.read(id, new Window(0, last + 1, FIRST_PAGE, Order.DESCENDING), now);
        Conversation head = page.conversation();
        if (page.more()) {
            int before = page.messages().getLast().position();
            var start = reader.read(id, new Window(0, before, Window.MAX_LIMIT, Order.ASCENDING), now);
            if (!isOf(head, start, Optional.empty())) {
                return Optional.empty();
            }
            scan.require(systemMessages(start));
        }
        scan.require(systemMessages(page));
        boolean room = scan.offer(page.messages());
        while (room && page.more()) {
            int before = page.messages().getLast().position();
            page = reader.read(id, new Window(0, before, Window.MAX_LIMIT, Order.DESCENDING), now);
            if (!isOf(head, page, Optional.of(before - 1))) {
                return Optional.empty();
            }
            room = scan.offer(page.messages());
        }
        return Optional.of(scan.selected(head));
    }

    /** Whether the window has the messages of the head's version, of which none was changed or removed since; they begin at a position. */
    private static boolean isOf(Conversation head, ConversationWindow window, Optional<Integer> first) {
        List<Message> messages = window.messages();
        return window.isUnchangedSince(head) && first
                .filter(position -> messages.isEmpty() || messages.getFirst().position() != position).isEmpty();
    }

    private static Stream<Message> systemMessages(ConversationWindow window) {
        return window.messages().stream().filter(message -> message.role() == Role.SYSTEM && !message.isRemoved());
    }
}
