package dev.confab.adapter.persistence.file.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.ConversationLifecycle;
import dev.confab.adapter.persistence.contract.sample.ConversationModel;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.query.ListFilter;
import dev.confab.domain.query.ListFilter.Archived;
import dev.confab.domain.session.Activity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** After each change the index has the traits of the new head and no others: one that stays would take memory for ever. */
class FilterIndexTest {
    private final FilterIndex index = new FilterIndex();

    @Test
    void the_traits_of_a_head_replace_those_of_the_head_before() {
        var model = new ConversationModel();
        ConversationState before = ConversationState.ABSENT;
        for (ConversationEvent event : ConversationLifecycle
                .startingWith(Samples.started(Samples.newConversationId()))) {
            model.apply(event);
            ConversationState after = state(model.head());
            index.add(before, after);
            index.remove(before, after);

            assertThat(index.size()).isEqualTo(model.head().map(FilterIndexTest::traits).orElse(0));
            model.head().ifPresent(this::assertFound);
            before = after;
        }
        assertThat(before.head()).isEmpty();
    }

    private void assertFound(Conversation head) {
        Filing filing = head.filing();
        assertThat(few(Archived.INCLUDE, Optional.of(true), Set.of(), Metadata.EMPTY))
                .contains(filing.pinned() ? Set.of(head.id()) : Set.of());
        assertThat(few(Archived.ONLY, Optional.empty(), Set.of(), Metadata.EMPTY))
                .contains(filing.archived() ? Set.of(head.id()) : Set.of());
        filing.labels().forEach(label -> assertThat(
                few(Archived.EXCLUDE, Optional.empty(), Set.of(label), Metadata.EMPTY)).contains(Set.of(head.id())));
        if (!head.metadata().equals(Metadata.EMPTY)) {
            assertThat(few(Archived.EXCLUDE, Optional.empty(), Set.of(), head.metadata()))
                    .contains(Set.of(head.id()));
        }
    }

    @Test
    void the_trait_that_the_fewest_have_decides_and_no_trait_or_too_many_leave_it_to_the_order() {
        for (int n = 0; n <= FilterIndex.FEW; n++) {
            Set<String> labels = n < 3 ? Set.of("many", "few") : Set.of("many");
            index.add(ConversationState.ABSENT, state(Optional.of(labelled(labels))));
        }

        assertThat(few(Archived.INCLUDE, Optional.empty(), Set.of("many"), Metadata.EMPTY)).isEmpty();
        assertThat(few(Archived.INCLUDE, Optional.empty(), Set.of("many", "few"), Metadata.EMPTY).orElseThrow())
                .hasSize(3);
        assertThat(few(Archived.INCLUDE, Optional.empty(), Set.of("many", "absent"), Metadata.EMPTY))
                .contains(Set.of());
        assertThat(few(Archived.EXCLUDE, Optional.of(false), Set.of(), Metadata.EMPTY)).isEmpty();
        assertThat(index.few(Samples.BOB, new ListFilter(Archived.INCLUDE, Optional.empty(),
                new TreeSet<>(List.of("few")), Metadata.EMPTY))).contains(Set.of());
    }

    private Optional<Set<ConversationId>> few(Archived archived, Optional<Boolean> pinned, Set<String> labels,
            Metadata metadata) {
        return index.few(Samples.ALICE, new ListFilter(archived, pinned, new TreeSet<>(labels), metadata));
    }

    private static int traits(Conversation head) {
        return (head.filing().pinned() ? 1 : 0) + (head.filing().archived() ? 1 : 0) + head.filing().labels().size()
                + head.metadata().pairs().size();
    }

    private static Conversation labelled(Set<String> labels) {
        Conversation head = Conversation.from(Samples.started(Samples.newConversationId()));
        return head.apply(head.file(new Filing(false, false, Filing.labels(List.copyOf(labels))), Samples.now())
                .orElseThrow()).orElseThrow();
    }

    private static ConversationState state(Optional<Conversation> head) {
        return new ConversationState(head, Activity.NONE, 1, 1, ConversationState.ABSENT.messages());
    }
}
