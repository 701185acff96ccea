package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.SkippedDamage;
import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.adapter.persistence.jpa.row.Damage;
import dev.confab.adapter.persistence.jpa.row.MessageEntity;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.MessageNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.PositionRange;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import jakarta.persistence.EntityManagerFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.springframework.data.domain.Limit;

/** Reads conversations. */
public final class JpaConversationReads implements ConversationReader {
    private final ReadTransactions transactions;
    private final ConversationRepository conversations;
    private final MessageRepository messages;
    private final SkippedDamage skipping = new SkippedDamage();
    private final HeadListing listing;
    private final JpaSearchReads search;
    private final BooleanSupplier hasOldTerms;

    public JpaConversationReads(EntityManagerFactory sessions) {
        this(sessions, () -> false);
    }

    /** @param hasOldTerms whether rows have search terms of an earlier version, so that searches may miss them */
    public JpaConversationReads(EntityManagerFactory sessions, BooleanSupplier hasOldTerms) {
        this.hasOldTerms = hasOldTerms;
        transactions = new ReadTransactions(sessions);
        conversations = transactions.repository(ConversationRepository.class);
        messages = transactions.repository(MessageRepository.class);
        listing = new HeadListing(transactions.entities());
        search = new JpaSearchReads(conversations, new MessageSearch(transactions.entities()), skipping);
    }

    @Override
    public Optional<Conversation> find(ConversationId id, Instant now) {
        return transactions.read(id, () -> conversations.live(id, now));
    }

    @Override
    public Page<Conversation, ListQuery.Key> list(OwnerId owner, ListQuery query, Instant now) {
        return transactions.read(() -> {
            List<ConversationEntity> found = listing.page(owner.value(), query, KeyLimits.of(now));
            return skipping.map(Page.of(found, query.limit(), row -> row.key(query.sort())),
                    ConversationEntity::toHead);
        });
    }

    @Override
    public ConversationWindow read(ConversationId id, Window window, Instant now) {
        return transactions.read(id, () -> window(conversations.liveOrNotFound(id, now), window));
    }

    private ConversationWindow window(Conversation head, Window window) {
        var range = PositionRange.of(window, head.messageCount());
        List<Message> answer = range.isEmpty() ? List.of() : fetch(head.id(), range);
        return new ConversationWindow(head, answer, answer.size() < range.inWindow());
    }

    /** A window of a conversation, live, deleted or expired, and the result of {@code activity} as of the same moment. */
    Optional<StoredWindow> stored(ConversationId id, Window window, Function<ConversationId, Activity> activity) {
        return transactions.read(id, () -> conversations.byId(id.value()).map(ConversationEntity::toHead)
                .map(head -> new StoredWindow(window(head, window), activity.apply(id))));
    }

    /** The first ids that are not below {@code from}, of one owner or of everyone, damaged ones too. */
    List<ConversationId> ids(Optional<OwnerId> owner, UUID from, int limit) {
        return transactions.read(() -> owner
                .map(one -> conversations.idsOf(one.value(), from, Limit.of(limit)))
                .orElseGet(() -> conversations.ids(from, Limit.of(limit))).stream().map(ConversationId::new).toList());
    }

    private List<Message> fetch(ConversationId id, PositionRange range) {
        int direction = switch (range.order()) {
            case ASCENDING -> 1;
            case DESCENDING -> -1;
        };
        List<Message> answer = messages
                .within(id.value(), range.first(), range.last(), direction, Window.MAX_BYTES).stream()
                .map(MessageEntity::toMessage).toList();
        requireDense(id, range, answer);
        return answer;
    }

    /** A missing message is damage: the answer must not look complete without it. */
    private static void requireDense(ConversationId id, PositionRange range, List<Message> answer) {
        for (int i = 0; i < Math.max(1, answer.size()); i++) {
            int expected = range.position(i);
            if (answer.isEmpty() || answer.get(i).position() != expected) {
                throw Damage.named(id.value(), new IllegalStateException("message " + expected + " is missing"));
            }
        }
    }

    @Override
    public ConversationWindow read(ConversationId id, MessageId messageId, Instant now) {
        return transactions.read(id, () -> {
            Conversation head = conversations.liveOrNotFound(id, now);
            Message message = messages.named(id.value(), messageId.value()).map(MessageEntity::toMessage)
                    .orElseThrow(() -> new MessageNotFound(id, messageId));
            return new ConversationWindow(head, List.of(message), false);
        });
    }

    @Override
    public Changes changesSince(ConversationId id, long version, Instant now) {
        return transactions.read(id, () -> {
            Conversation head = conversations.liveOrNotFound(id, now);
            if (version >= head.version().value()) {
                return Changes.since(version, head, List.of());
            }
            if (!Changes.fit(messages.weightsChangedSince(id.value(), version, Changes.MAX_MESSAGES + 1))) {
                return Changes.reset(head);
            }
            return Changes.since(version, head, messages.changedSince(id.value(), version).stream()
                    .map(MessageEntity::toMessage).toList());
        });
    }

    @Override
    public Page<SearchHit, SearchQuery.Key> search(OwnerId owner, SearchQuery query, Instant now) {
        // Asked before the read begins: rows that are rewritten after that are partial for it.
        boolean partial = hasOldTerms.getAsBoolean();
        Page<SearchHit, SearchQuery.Key> page = transactions.read(() -> search.find(owner, query, KeyLimits.of(now)));
        return partial ? page.asPartial() : page;
    }

    @Override
    public List<Conversation> deletedBefore(Instant time, int limit) {
        return deleted(KeyLimits.EARLIEST, time.isAfter(KeyLimits.LATEST) ? KeyLimits.LATEST : time, limit);
    }

    @Override
    public List<Conversation> deletedAfter(Instant time, int limit) {
        return deleted(KeyLimits.of(time), KeyLimits.LATEST, limit);
    }

    /** Skips damaged conversations, which would otherwise fill the answer again and again. */
    private List<Conversation> deleted(Instant afterTime, Instant before, int limit) {
        return transactions.read(() -> {
            var found = new ArrayList<Conversation>();
            Instant after = afterTime;
            UUID id = KeyLimits.HIGHEST;
            while (found.size() < limit) {
                Limit missing = Limit.of(limit - found.size());
                List<ConversationEntity> page = conversations.deletedBefore(before, after, id, missing);
                found.addAll(skipping.map(page, ConversationEntity::toHead));
                if (page.size() < missing.max()) {
                    break;
                }
                ListQuery.Key last = page.getLast().key(ListQuery.Sort.DELETED);
                after = last.time();
                id = last.id().value();
            }
            return found;
        });
    }

    /** At most {@code limit} of the owner's conversations up to the life {@code last}, live and in the bin, damaged ones too. */
    public List<ConversationId> ofOwner(OwnerId owner, long last, int limit) {
        return transactions.read(() -> {
            var ids = new ArrayList<>(conversations.liveOf(owner.value(), last, Limit.of(limit)));
            if (ids.size() < limit) {
                ids.addAll(conversations.deletedOf(owner.value(), last, Limit.of(limit - ids.size())));
            }
            return ids.stream().map(ConversationId::new).toList();
        });
    }
}
