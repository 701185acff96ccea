package dev.confab.adapter.web.event;

import dev.confab.adapter.web.conversation.ChangesJson;
import dev.confab.application.Conversations;
import dev.confab.application.Messages;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ChangeFeed.Subscription;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The events of one conversation. Each holds the changes since the event before. */
final class ConversationStream implements EventStreams.Stream {
    private final ChangeFeed feed;
    private final Conversations conversations;
    private final Messages messages;
    private final OwnerId owner;
    private final ConversationId id;
    /** The version that the client has. */
    private Optional<Long> known;
    /** The head to send first to a client without a version. */
    private Optional<Conversation> start = Optional.empty();

    /** @param since the version to start from; empty for the current one */
    ConversationStream(ChangeFeed feed, Conversations conversations, Messages messages, OwnerId owner,
            ConversationId id, Optional<Long> since) {
        this.feed = feed;
        this.conversations = conversations;
        this.messages = messages;
        this.owner = owner;
        this.id = id;
        this.known = since;
    }

    @Override
    public Subscription watch(Runnable wake) {
        return feed.subscribe(hint -> {
            if (hint.conversation().equals(id)) {
                wake.run();
            }
        });
    }

    @Override
    public boolean begin() {
        Conversation head = conversations.get(owner, id);
        if (known.isEmpty()) {
            start = Optional.of(head);
        }
        return true;
    }

    @Override
    public boolean writeNews(EventWriter writer) throws IOException {
        if (start.isPresent()) {
            send(writer, ChangesJson.from(start.get()));
            start = Optional.empty();
        }
        try {
            long since = known.orElse(0L);
            var changes = messages.changesSince(owner, id, since);
            if (changes.conversation().version().value() != since) {
                send(writer, ChangesJson.from(changes));
            }
            return true;
        } catch (ConversationNotFound deleted) {
            writer.event(Optional.empty(), "deleted", Map.of());
            return false;
        }
    }

    private void send(EventWriter writer, ChangesJson changes) throws IOException {
        known = Optional.of(changes.conversation().version());
        writer.event(known, "changed", changes);
    }
}
