package dev.confab.adapter.web.event;

import dev.confab.application.Conversations;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ChangeFeed.Subscription;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.query.ListQuery;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One event for each conversation of an owner that changes, so that a client can keep its list of them up to date. */
final class OwnerStream implements EventStreams.Stream {
    /** How many changed conversations may wait for a slow client; with more, its stream is closed. */
    private static final int MAX_WAITING = 10_000;

    private final ChangeFeed feed;
    private final Conversations conversations;
    private final OwnerId owner;
    private final Set<ConversationId> waiting = ConcurrentHashMap.newKeySet();

    OwnerStream(ChangeFeed feed, Conversations conversations, OwnerId owner) {
        this.feed = feed;
        this.conversations = conversations;
        this.owner = owner;
    }

    /** @param version null once the conversation is permanently removed */
    record ConversationEventJson(String id, @Nullable Long version, boolean deleted) {
    }

    @Override
    public Subscription watch(Runnable wake) {
        return feed.subscribe(hint -> {
            if (hint.owner().equals(owner) && waiting.size() <= MAX_WAITING && waiting.add(hint.conversation())) {
                wake.run();
            }
        });
    }

    @Override
    public boolean begin() {
        return true; // No past events: a client that opens the stream before it lists the conversations misses nothing.
    }

    @Override
    public boolean writeNews(EventWriter writer) throws IOException {
        if (waiting.size() > MAX_WAITING) {
            throw new IOException("more than " + MAX_WAITING + " changed conversations wait for the client");
        }
        for (ConversationId id : List.copyOf(waiting)) {
            // Taken out before it is read: a change after the read puts it in again.
            waiting.remove(id);
            Optional<ConversationEventJson> event = read(id);
            if (event.isPresent()) {
                writer.event(Optional.empty(), "conversation", event.get());
            }
        }
        return true;
    }

    private Optional<ConversationEventJson> read(ConversationId id) {
        try {
            Conversation head = conversations.get(owner, id);
            return Optional.of(new ConversationEventJson(id.toString(), head.version().value(), false));
        } catch (ConversationNotFound deleted) {
            return Optional.of(new ConversationEventJson(id.toString(), versionInBin(id), true));
        } catch (ConversationDamaged damaged) {
            return Optional.empty();
        }
    }

    /** A conversation that was deleted just now is on the first page of the bin. */
    private @Nullable Long versionInBin(ConversationId id) {
        var bin = conversations.list(owner,
                new ListQuery(ListQuery.Sort.DELETED, ListQuery.MAX_LIMIT, Optional.empty()));
        return bin.items().stream().filter(head -> head.id().equals(id)).map(head -> head.version().value())
                .findFirst().orElse(null);
    }
}
