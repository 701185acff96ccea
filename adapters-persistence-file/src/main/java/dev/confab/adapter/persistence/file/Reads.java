package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.HeadFile.Damaged;
import dev.confab.adapter.persistence.file.SearchDocuments.Place;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.UnitOfWork;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The read side. Every read takes a conversation's state once and answers from that, without a lock: that is its one moment. Only
 * when a checkpoint has replaced the messages file under it does it start anew on the state of now.
 */
record Reads(Slots slots, MessageAccess messages, SearchIndex index, Duration timeout) implements ConversationReader {

    /** Reads from one state. */
    private interface Read<R> {
        R from(State state) throws IOException, Damaged;
    }

    @Override
    public Optional<Conversation> find(ConversationId id, Instant now) {
        UnitOfWork.refuseInsideAWork();
        Optional<Slot> slot = slots.find(id);
        slot.ifPresent(this::refuseDamaged);
        return slot.map(found -> found.state).filter(state -> state.isLive(now)).flatMap(State::head);
    }

    /** Scans the heads: they are in memory, and one that stays as it is meets the scan exactly once (S16). */
    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
        UnitOfWork.refuseInsideAWork();
        Comparator<Conversation> order = Comparator.comparing(query::keyOf);
        var first = new PriorityQueue<Conversation>(order.reversed());
        heads().filter(head -> head.owner().equals(owner) && query.admits(head, now)).filter(
                head -> query.after().isEmpty() || query.keyOf(head).compareTo(query.after().get()) > 0)
                .forEach(head -> {
                    first.add(head);
                    if (first.size() > query.limit() + 1) {
                        first.remove();
                    }
                });
        List<Conversation> found = first.stream().sorted(order).toList();
        if (found.size() <= query.limit()) {
            return new Page<>(found, Optional.empty());
        }
        List<Conversation> page = found.subList(0, query.limit());
        return new Page<>(page, Optional.of(query.keyOf(page.getLast())));
    }

    @Override
    public List<Conversation> deletedBefore(Instant time, int limit) {
        UnitOfWork.refuseInsideAWork();
        return heads().filter(head -> head.deletedAt().filter(time::isAfter).isPresent()).limit(limit)
                .toList();
    }

    List<Conversation> ofOwner(OwnerId owner, int limit) {
        UnitOfWork.refuseInsideAWork();
        return heads().filter(head -> head.owner().equals(owner)).limit(limit).toList();
    }

    private Stream<Conversation> heads() {
        return slots.all().stream().flatMap(slot -> slot.state.head().stream());
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window, Instant now) {
        return live(id, now, state -> {
            Conversation head = state.head().orElseThrow();
            int first = Math.min(window.after(), state.messageCount()) + 1;
            int last = Math.min(window.before() - 1, state.messageCount());
            var answer = new Answer(window.limit());
            if (first <= last && window.order() == Window.Order.ASCENDING) {
                messages.upwards(id, state, first, last, answer::take);
            } else if (first <= last) {
                messages.downwards(id, state, first, last, answer::take);
            }
            return new ConversationWindow(head, answer.messages, answer.full);
        });
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId messageId, Instant now) {
        return live(id, now, state -> {
            Message message = messages.find(id, state, messageId).orElseThrow(() -> new MessageNotFound(id, messageId));
            return new ConversationWindow(state.head().orElseThrow(), List.of(message), false);
        });
    }

    /** The sessions that have not expired, and the turns; the sessions' reader takes it from here, because damage is refused here. */
    Activity activity(ConversationId id, Instant now) {
        return live(id, now, state -> new Activity(
                state.activity().sessions().stream().filter(session -> !session.isExpired(now)).toList(),
                state.activity().turns()));
    }

    @Override
    public Changes changesSince(ConversationId id, long version, Instant now) {
        return live(id, now, state -> {
            Conversation head = state.head().orElseThrow();
            if (version > head.version().value()) {
                return new Changes(head, List.of(), true);
            }
            List<Integer> positions = messages.changedSince(id, state, version, Changes.MAX_MESSAGES + 1);
            if (positions.size() > Changes.MAX_MESSAGES) {
                return new Changes(head, List.of(), true);
            }
            var answer = new Answer(Changes.MAX_MESSAGES);
            for (int position : positions) {
                if (!answer.take(messages.at(id, state, position))) {
                    return new Changes(head, List.of(), true);
                }
            }
            return new Changes(head, answer.messages, false);
        });
    }

    /** Collects messages up to a limit and {@link Window#MAX_BYTES}. */
    private static final class Answer {
        private final int limit;
        private final List<Message> messages = new ArrayList<>();
        private long bytes;
        private boolean full;

        Answer(int limit) {
            this.limit = limit;
        }

        boolean take(Message message) {
            bytes += message.weight();
            full = messages.size() == limit || !messages.isEmpty() && bytes > Window.MAX_BYTES;
            if (!full) {
                messages.add(message);
            }
            return !full;
        }
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
        UnitOfWork.refuseInsideAWork();
        try {
            index.awaitCommitted(System.nanoTime() + timeout.toNanos());
            var hits = new ArrayList<SearchHit>();
            long bytes = 0;
            @Nullable
            Place after = query.after().map(Place::of).orElse(null);
            while (true) {
                int wanted = query.limit() + 1 - hits.size();
                List<Place> places = index.find(SearchDocuments.query(owner, query), after, wanted);
                for (Place place : places) {
                    Optional<SearchHit> hit = hit(owner, query, place, now);
                    bytes += hit.flatMap(SearchHit::message).map(Message::weight).orElse(0);
                    if (hit.isPresent() && (hits.size() == query.limit()
                            || !hits.isEmpty() && bytes > Window.MAX_BYTES)) {
                        return new Page<>(hits, Optional.of(hits.getLast().key()));
                    }
                    hit.ifPresent(hits::add);
                }
                if (places.size() < wanted) {
                    return new Page<>(hits, Optional.empty());
                }
                after = places.getLast();
            }
        } catch (IOException e) {
            throw new StorageUnavailable("the search index cannot be read", e);
        }
    }

    /** What stands at the place now; empty when it has changed since it was indexed. */
    private Optional<SearchHit> hit(OwnerId owner, SearchQuery query, Place place, Instant now) {
        Optional<Slot> slot = slots.find(place.conversation()).filter(found -> found.damage.isEmpty());
        if (slot.isEmpty()) {
            return Optional.empty();
        }
        return attempt(slot.get(), state -> {
            if (!state.isLive(now) || !state.head().orElseThrow().owner().equals(owner)) {
                return Optional.empty();
            }
            Conversation head = state.head().orElseThrow();
            if (place.message().isEmpty()) {
                return head.title().filter(title -> query.matches(title.value()))
                        .map(title -> SearchHit.onTitle(head, query));
            }
            return messages.find(head.id(), state, place.message().get())
                    .filter(message -> query.matches(message.text()))
                    .map(message -> SearchHit.on(head, message, query));
        });
    }

    private <R> R live(ConversationId id, Instant now, Read<R> read) {
        UnitOfWork.refuseInsideAWork();
        Slot slot = slots.find(id).orElseThrow(() -> new ConversationNotFound(id));
        refuseDamaged(slot);
        return attempt(slot, state -> {
            if (!state.isLive(now)) {
                throw new ConversationNotFound(id);
            }
            return read.from(state);
        });
    }

    private <R> R attempt(Slot slot, Read<R> read) {
        while (true) {
            State state = slot.state;
            try {
                return read.from(state);
            } catch (IOException | Damaged e) {
                if (slot.state.file().generation() == state.file().generation()) {
                    throw unreadable(slot, e);
                }
                // A checkpoint has replaced the file meanwhile: once more, from the state of now.
            }
        }
    }

    void refuseDamaged(Slot slot) {
        if (slot.damage.isPresent()) {
            throw new ConversationDamaged(slot.id);
        }
    }

    /** What to tell a caller whose conversation could not be read; damage is remembered. */
    StorageException unreadable(Slot slot, @Nullable Throwable cause) {
        if (cause instanceof Damaged || cause instanceof NoSuchFileException) {
            slot.damage(String.valueOf(cause.getMessage()));
            return new ConversationDamaged(slot.id);
        }
        return new StorageUnavailable("conversation " + slot.id + " cannot be read now: " + cause);
    }
}
