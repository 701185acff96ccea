package dev.confab.adapter.web.ui.live;

import dev.confab.adapter.web.event.EventWriter;
import dev.confab.adapter.web.ui.markdown.GrowingAnswer;
import dev.confab.application.Conversations;
import dev.confab.application.TurnEvents;
import dev.confab.application.TurnEvents.Batch;
import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.Turns;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed.Subscription;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnNotFound;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The events about the conversation that a page shows: {@code changed} when the page should ask what is new, and of the answer that is
 * being written {@code answer-reset}, {@code answer-block} for HTML that is final, and {@code answer-rest} for HTML that the next such
 * event replaces. A page that connects anew gets the answer from its beginning, so nothing is shown twice or left out.
 *
 * <p>Used by the thread of one request alone, but for {@link #wakeBy}, whose argument may be run by any thread.
 */
final class OpenConversation {
    private final OwnerId owner;
    private final ConversationId id;
    private final Conversations conversations;
    private final Turns turns;
    private final TurnEvents events;
    private final GrowingAnswer answer = new GrowingAnswer();
    private Runnable wake = () -> {
    };
    private @Nullable TurnId turn;
    private @Nullable Subscription turnWatch;
    /** The last event of the turn that was written. */
    private long known;
    /** The version and the turns that the page was last told of. */
    private String told = "";

    OpenConversation(OwnerId owner, ConversationId id, Conversations conversations, Turns turns, TurnEvents events) {
        this.owner = owner;
        this.id = id;
        this.conversations = conversations;
        this.turns = turns;
        this.events = events;
    }

    void wakeBy(Runnable signal) {
        wake = signal;
    }

    void close() {
        if (turnWatch != null) {
            turnWatch.close();
            turnWatch = null;
        }
    }

    void writeNews(EventWriter writer) throws IOException {
        List<Turn> all;
        String now;
        try {
            Conversation head = conversations.get(owner, id);
            all = turns.list(owner, id);
            now = head.version() + " " + all.stream().filter(each -> !each.isFinished())
                    .map(each -> each.id() + each.state().label() + each.step()).toList();
        } catch (ConversationNotFound gone) {
            all = List.of();
            now = "gone";
        }
        follow(all.stream().filter(Turn::isOpen).findFirst().map(Turn::id), writer);
        boolean roundEnded = writeAnswer(writer);
        if (roundEnded || !now.equals(told)) {
            told = now;
            writer.text("changed", now);
        }
    }

    /** Follows the turn that runs now. What one that has ended wrote stays on the page until its messages take its place. */
    private void follow(Optional<TurnId> open, EventWriter writer) throws IOException {
        if (open.equals(Optional.ofNullable(turn))) {
            return;
        }
        close();
        turn = open.orElse(null);
        known = 0;
        if (turn != null) {
            // Watched before it is read: an event after the read wakes this stream.
            turnWatch = events.watch(turn, wake);
            reset(writer);
        }
    }

    /** Returns whether a round or the turn has ended: the page must then load its tool calls or messages, which replace the text. */
    private boolean writeAnswer(EventWriter writer) throws IOException {
        boolean replaced = false;
        while (turn != null) {
            Batch batch;
            try {
                batch = events.after(owner, turn, known);
            } catch (TurnNotFound removed) {
                return true;
            }
            if (batch.events().isEmpty()) {
                return replaced;
            }
            known = batch.events().getLast().id();
            replaced |= write(batch.events(), writer);
            if (batch.ended()) {
                return true;
            }
        }
        return replaced;
    }

    /** Returns whether a round of tool calls ended in these events; its text is shown with its calls then. */
    private boolean write(List<TurnEvent> batch, EventWriter writer) throws IOException {
        var written = new StringBuilder();
        boolean roundEnded = false;
        for (TurnEvent event : batch) {
            switch (event) {
                case TurnEvent.Delta delta -> written.append(delta.text());
                case TurnEvent.ApprovalRequired _,TurnEvent.ToolCompleted _ -> {
                    written.setLength(0);
                    roundEnded = true;
                }
                case TurnEvent.Queued _,TurnEvent.Started _,TurnEvent.MessageCompleted _,TurnEvent.Ended _ -> {
                }
            }
        }
        if (roundEnded) {
            reset(writer);
        }
        write(written.toString(), writer);
        return roundEnded;
    }

    private void reset(EventWriter writer) throws IOException {
        answer.clear();
        writer.text("answer-reset", "");
    }

    private void write(String written, EventWriter writer) throws IOException {
        if (written.isEmpty()) {
            return;
        }
        Optional<String> block = answer.add(written);
        if (block.isPresent()) {
            writer.text("answer-block", block.get());
        }
        writer.text("answer-rest", answer.rest());
    }
}
