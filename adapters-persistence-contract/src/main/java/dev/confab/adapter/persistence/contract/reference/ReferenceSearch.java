package dev.confab.adapter.persistence.contract.reference;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SameMessage;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import dev.confab.domain.terms.Phrases;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Searches all messages and titles. The mutants of the tests override its protected methods. */
public class ReferenceSearch {
    private final SearchQuery query;
    private final Phrases wanted;

    public ReferenceSearch(SearchQuery query) {
        this.query = query;
        this.wanted = query.phrases();
    }

    /** A message in its conversation. */
    protected record Held(Conversation head, Message message) {
    }

    /** @param live the live conversations of the owner */
    public final Page<SearchHit, SearchQuery.Key> page(Stream<ReferenceConversation> live) {
        List<ReferenceConversation> all = live.toList();
        return Paging.page(Stream.concat(titles(all), messages(all)), SearchHit::key, query.after(), query.limit());
    }

    private Stream<SearchHit> titles(List<ReferenceConversation> live) {
        return live.stream().map(ReferenceConversation::head)
                .filter(head -> query.filter().admitsTitle(head)
                        && head.title().filter(title -> wanted.matches(title.value())).isPresent())
                .map(head -> SearchHit.onTitle(head, query));
    }

    private Stream<SearchHit> messages(List<ReferenceConversation> live) {
        return live.stream().filter(state -> admits(state.head()))
                .flatMap(state -> state.messages().stream().map(message -> new Held(state.head(), message)))
                .filter(held -> query.filter().admits(held.message()) && wanted.matches(held.message().text()))
                .collect(Collectors.groupingBy(this::identity)).values().stream().flatMap(this::hits);
    }

    protected boolean admits(Conversation head) {
        return query.filter().admits(head);
    }

    /** Equal for messages that are one hit. */
    protected Object identity(Held held) {
        return SameMessage.of(held.message());
    }

    protected Comparator<Conversation> order() {
        return SameMessage.OLDEST_FIRST;
    }

    protected Stream<SearchHit> hits(List<Held> same) {
        Held shown = same.stream().min(Comparator.comparing(Held::head, order())).orElseThrow();
        return Stream.of(SearchHit.on(shown.head(), shown.message(), same.size() - 1, query));
    }
}
