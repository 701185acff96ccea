package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.read.CandidateBatch.Candidate;
import dev.confab.adapter.persistence.jpa.row.SkippedDamage;
import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.adapter.persistence.jpa.row.MessageEntity;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.AnswerLimit;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.terms.Phrases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds messages and titles, within a read: the index offers candidates, and each is a hit if its text matches. */
record JpaSearchReads(ConversationRepository conversations, MessageSearch messages, SkippedDamage skipping) {
    /** After a first look at as many as the page has, in which most often all are hits. */
    private static final int FURTHER_CANDIDATES = 200;

    Page<SearchHit, SearchQuery.Key> find(OwnerId owner, SearchQuery query, Instant now) {
        ReadTransactions.planForValues(messages.entities());
        return hits(candidates(owner, query, now), query);
    }

    private Page<Candidate, SearchQuery.Key> candidates(OwnerId owner, SearchQuery query, Instant now) {
        Phrases wanted = query.phrases();
        var answer = new AnswerLimit(query.limit());
        var found = new ArrayList<Candidate>();
        Optional<SearchQuery.Key> after = query.after();
        int examined = 0;
        int next = query.limit() + 1;
        while (true) {
            var batch = CandidateBatch.read(SearchStatement.of(owner, query, after, now, next), conversations,
                    messages);
            for (Candidate candidate : batch.candidates()) {
                if (wanted.matches(candidate.text())) {
                    found.add(candidate);
                    if (!answer.admits(candidate.weight())) {
                        return page(found, query);
                    }
                }
            }
            if (batch.end().isEmpty()) {
                return page(found, query);
            }
            // At least as if it had been full: copies make it smaller, not cheaper.
            examined += Math.max(next, FURTHER_CANDIDATES);
            after = batch.end();
            if (examined >= SearchQuery.MAX_CANDIDATES) {
                return new Page<>(found, after);
            }
            next = FURTHER_CANDIDATES;
        }
    }

    private static Page<Candidate, SearchQuery.Key> page(List<Candidate> found, SearchQuery query) {
        return Page.of(found, query.limit(), Candidate::weight, Candidate::key);
    }

    private Page<SearchHit, SearchQuery.Key> hits(Page<Candidate, SearchQuery.Key> page, SearchQuery query) {
        List<UUID> ids = page.items().stream().flatMap(candidate -> candidate.message().stream())
                .map(MessageEntity::conversationId).distinct().toList();
        Map<UUID, ConversationEntity> heads = conversations.findAllById(ids).stream()
                .collect(Collectors.toMap(ConversationEntity::id, Function.identity()));
        return skipping.map(page, candidate -> hit(candidate, heads, query));
    }

    private static SearchHit hit(Candidate candidate, Map<UUID, ConversationEntity> heads, SearchQuery query) {
        return switch (candidate) {
            case Candidate.OfTitle(ConversationEntity row) -> SearchHit.onTitle(row.toHead(), query);
            case Candidate.OfMessage(MessageEntity row, int others) -> SearchHit.on(
                    Objects.requireNonNull(heads.get(row.conversationId())).toHead(), row.toMessage(), others, query);
        };
    }
}
