package dev.confab.adapter.persistence.file.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.ConversationLifecycle;
import dev.confab.adapter.persistence.contract.sample.ConversationModel;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.ListQuery.Sort;
import dev.confab.domain.session.Activity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After each change the index has the keys of the new head and no others: a key that stays would take memory for ever. */
class HeadIndexTest {
    private final HeadIndex index = new HeadIndex();

    @Test
    void the_keys_of_a_head_replace_those_of_the_head_before() {
        var model = new ConversationModel();
        ConversationState before = ConversationState.ABSENT;
        for (ConversationEvent event : ConversationLifecycle
                .startingWith(Samples.started(Samples.newConversationId()))) {
            model.apply(event);
            ConversationState after = state(model.head());
            index.add(before, after);
            index.remove(before, after);

            for (Sort sort : Sort.values()) {
                assertThat(index.of(Samples.ALICE, first(sort)).map(HeadIndex.Found::key).toList())
                        .isEqualTo(expected(sort, model.head()));
            }
            before = after;
        }
    }

    private static ConversationState state(Optional<Conversation> head) {
        return new ConversationState(head, Activity.NONE, 1, 1, ConversationState.ABSENT.messages());
    }

    private static List<ListQuery.Key> expected(Sort sort, Optional<Conversation> head) {
        return head.filter(found -> found.isDeleted() == (sort == Sort.DELETED))
                .map(found -> ListQuery.keyOf(sort, found)).stream().toList();
    }

    private static ListQuery first(Sort sort) {
        return new ListQuery(sort, 10, Optional.empty());
    }
}
