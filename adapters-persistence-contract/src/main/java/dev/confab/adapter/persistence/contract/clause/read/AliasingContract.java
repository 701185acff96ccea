package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.ConversationEvent.ConversationForked;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** S11: values that were passed to the store or returned by it cannot be changed from outside. */
public abstract class AliasingContract extends ContractTest {

    @Test
    void changing_a_returned_list_changes_nothing_S11() {
        ConversationId id = startWith("needle", "needle");
        ConversationId binned = start();
        delete(binned);

        for (Supplier<List<?>> read : List.<Supplier<List<?>>>of(
                () -> reader().read(id, Window.first(10), now()).messages(),
                () -> reader().read(id, Window.last(10), now()).messages(),
                () -> reader().changesSince(id, 0, now()).messages(),
                () -> list(ALICE, ListQuery.Sort.CREATED), () -> search("needle"),
                () -> reader().deletedBefore(now(), 10))) {
            List<?> before = List.copyOf(read.get());
            assertThat(before).isNotEmpty();
            tryToClear(read.get());
            assertThat(read.get().equals(before)).isTrue();
        }
        assertThat(texts(id)).containsExactly("needle", "needle");
    }

    @Test
    void returned_values_do_not_change_with_the_conversation_S11() {
        ConversationId id = startWith("one", "two");
        var window = reader().read(id, Window.first(10), now());
        var changes = reader().changesSince(id, 0, now());
        var page = list(ALICE, ListQuery.Sort.UPDATED);
        String before = window + "" + changes + page;

        append(id, "three");
        edit(id, window.messages().getFirst(), "changed");
        change(id, head -> head.clear(now()));
        delete(id);

        assertThat(window + "" + changes + page).isEqualTo(before);
    }

    @Test
    void changing_a_passed_collection_afterwards_changes_nothing_S11() {
        ConversationId source = startWith("one");
        Map<String, String> pairs = new HashMap<>(Map.of("k", "v"));
        Message message = append(source, new MessageDraft(Samples.newMessageId(), Role.USER, "two", Optional.empty(),
                new Metadata(pairs)));
        List<Message> handedIn = new ArrayList<>(messages(source));
        ConversationId fork = Samples.newConversationId();
        create(new ConversationForked(fork, now(), ALICE, Optional.empty(), Metadata.EMPTY,
                new Origin(source, message.id()), handedIn, Samples.digest("fork")));

        pairs.put("k", "changed");
        handedIn.clear();

        assertThat(messages(fork)).hasSize(2);
        assertThat(messages(source).getLast().metadata().pairs()).containsEntry("k", "v");
        db().reopen();
        assertThat(messages(fork)).hasSize(2);
    }

    private void tryToClear(List<?> list) {
        try {
            list.clear();
        } catch (UnsupportedOperationException unmodifiable) {
            assertThat(list).isNotEmpty();
        }
    }
}
