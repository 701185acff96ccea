package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.sample.ConversationLifecycle;
import dev.confab.adapter.persistence.contract.sample.ConversationModel;
import dev.confab.adapter.persistence.contract.sample.EdgeCaseTexts;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationEvent.Staged;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S14: readers return exactly the state that the domain computes. */
public abstract class RoundTripContract extends ContractTest {
    private static final Instant END = Instant.parse("2030-12-31T23:59:59.999Z");

    @Test
    void readers_return_the_state_the_domain_computes_after_each_kind_of_event_S14() {
        ConversationId id = Samples.newConversationId();
        var model = new ConversationModel();

        for (ConversationEvent event : ConversationLifecycle
                .startingWith(Samples.startedUntil(id, Samples.title("é 👍🏽"), END))) {
            record(model, event);
            assertSame(model, id);
        }

        assertThat(model.head()).isEmpty();
    }

    @Test
    void the_tests_of_this_clause_use_every_kind_of_event_S14() {
        Set<Class<?>> tried = beginnings().stream().flatMap(first -> ConversationLifecycle.startingWith(first).stream())
                .<Class<?>>map(Object::getClass).collect(Collectors.toSet());

        // The tests of S21 stage conversations.
        assertThat(tried).containsExactlyInAnyOrderElementsOf(kinds(ConversationEvent.class)
                .filter(kind -> !Staged.class.isAssignableFrom(kind)).toList());
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(RoundTripContract::kinds)
                : Stream.of(type);
    }

    @Test
    void every_kind_of_event_survives_reopening_S14() {
        // Only a fork, because reopening can take long. Other tests reopen conversations created in other ways.
        ConversationEvent.Creation fork = beginnings().get(1);
        var model = new ConversationModel();
        Set<Class<?>> reopenedAfter = new HashSet<>();
        for (ConversationEvent event : ConversationLifecycle.startingWith(fork)) {
            record(model, event);
            if (reopenedAfter.add(event.getClass())) {
                db().reopen();
                assertSame(model, fork.conversationId());
            }
        }
    }

    @Test
    void the_time_to_live_of_a_conversation_survives_reopening_S14() {
        ConversationId id = Samples.newConversationId();
        Conversation begun = create(Samples.startedUntil(id, Optional.empty(), END));
        append(id, "a message");
        db().reopen();
        assertThat(head(id).expiresAt()).isEqualTo(begun.expiresAt()).contains(END);
        assertThat(list(ALICE, ListQuery.Sort.UPDATED)).containsExactly(head(id));

        Conversation kept = change(id, head -> head.makePermanent(now()));
        assertThat(head(id)).isEqualTo(kept);
        db().reopen();
        assertThat(head(id)).isEqualTo(kept).extracting(Conversation::expiresAt).isEqualTo(Optional.empty());
    }

    @Test
    void all_events_in_one_commit_lead_to_the_same_state_S14() {
        for (ConversationEvent.Creation first : beginnings()) {
            var model = new ConversationModel();
            List<ConversationEvent> events = ConversationLifecycle.startingWith(first);
            // without the deletion and the events after it
            List<ConversationEvent> kept = events.subList(0, events.size() - 4);
            record(first.conversationId(), kept);
            kept.forEach(model::apply);
            nowAndAfterReopening(() -> assertSame(model, first.conversationId()));
        }
    }

    @Test
    void edge_case_texts_are_returned_unchanged_S14() {
        ConversationId id = start();
        Metadata metadata = IntStream.range(0, Metadata.MAX_PAIRS).boxed().collect(Collectors.collectingAndThen(
                Collectors.toMap(n -> "ключ 🔑 " + n, n -> EdgeCaseTexts.cut(EdgeCaseTexts.ALL.get(n), 200)),
                Metadata::new));
        String data = "{\"a\" : [1.0e2, \"\\u00e9 é 😀\" ,null ]}\n".repeat(1_000);
        List<Message> written = new ArrayList<>();
        for (String text : EdgeCaseTexts.ALL) {
            written.add(append(id, new MessageDraft(Samples.newMessageId(), Role.ASSISTANT, text,
                    written.size() % 2 == 0 ? Optional.of(data) : Optional.empty(), metadata)));
        }

        nowAndAfterReopening(() -> assertThat(messages(id).equals(written)).isTrue());
        for (Message message : written) {
            assertThat(reader().read(id, message.id(), now()).messages().equals(List.of(message))).isTrue();
        }
    }

    @Test
    void the_reason_why_an_answer_is_incomplete_is_returned_unchanged_until_its_text_is_replaced_S14() {
        ConversationId id = startWith("Why?");
        var reason = new IncompleteReason("assistant-broke-off");
        var draft = MessageDraft.of(Samples.newMessageId(), Role.ASSISTANT, "Because");
        change(id, head -> Optional.of(head.append(draft, Optional.of(reason), now())));
        append(id, "Because what?");
        nowAndAfterReopening(() -> assertThat(messages(id)).extracting(Message::incomplete)
                .containsExactly(Optional.empty(), Optional.of(reason), Optional.empty()));

        Message cut = messages(id).get(1);
        change(id, head -> head.edit(cut, cut.text(), Optional.of("{}"), cut.metadata(), now()));
        nowAndAfterReopening(() -> assertThat(messages(id).get(1).incomplete()).contains(reason));
        Message withData = messages(id).get(1);
        change(id, head -> head.edit(withData, "Because of that.", Optional.empty(), cut.metadata(), now()));
        nowAndAfterReopening(() -> assertThat(messages(id).get(1).incomplete()).isEmpty());
    }

    @Test
    void titles_metadata_and_owners_are_returned_unchanged_S14() {
        for (String text : EdgeCaseTexts.ALL.stream().filter(t -> !t.isEmpty() && t.length() <= 200).toList()) {
            var owner = new OwnerId(text);
            ConversationId id = start(owner, Optional.of(new Title(text)));
            Conversation written = change(id, head -> head.changeMetadata(new Metadata(Map.of("k", text)), now()));

            assertThat(head(id)).isEqualTo(written);
            assertThat(list(owner, ListQuery.Sort.CREATED)).containsExactly(written);
        }
    }

    @Test
    void the_domain_rejects_strings_that_are_not_valid_text_S14() {
        for (String bad : EdgeCaseTexts.NOT_TEXT) {
            assertThatThrownBy(() -> draft(bad)).isInstanceOf(InvalidValue.class);
            assertThatThrownBy(() -> new Title(bad)).isInstanceOf(InvalidValue.class);
            assertThatThrownBy(() -> new Metadata(Map.of("k", bad))).isInstanceOf(InvalidValue.class);
            assertThatThrownBy(() -> new Metadata(Map.of(bad, "v"))).isInstanceOf(InvalidValue.class);
        }
    }

    private List<ConversationEvent.Creation> beginnings() {
        ConversationId source = startWith("one", "zwei 😀", "三");
        Conversation head = head(source);
        ConversationId fork = Samples.newConversationId();
        return List.of(Samples.startedUntil(Samples.newConversationId(), Optional.empty(), END),
                head.fork(fork, Samples.title("fork"), messages(source).subList(0, 2), Samples.digest("fork"), now()),
                Samples.imported(Samples.newConversationId(), head, messages(source)));
    }

    private void record(ConversationModel model, ConversationEvent event) {
        record(event.conversationId(), List.of(event));
        model.apply(event);
    }

    /** Compares the results of all readers with the model. */
    private void assertSame(ConversationModel model, ConversationId id) {
        Optional<Conversation> live = model.head().filter(head -> !head.isDeleted());
        assertThat(reader().find(id, now())).isEqualTo(live);
        assertThat(store().<Optional<Conversation>>transact(id, ConversationTransaction::find)).isEqualTo(model.head());
        if (live.isPresent()) {
            assertThat(reader().read(id, Window.first(Window.MAX_LIMIT), now()))
                    .isEqualTo(new ConversationWindow(live.get(), model.messages(), false));
            assertThat(reader().read(id, Window.last(Window.MAX_LIMIT), now()).messages())
                    .isEqualTo(model.messages().reversed());
            for (long version = 0; version <= live.get().version().value(); version++) {
                long since = version;
                assertThat(reader().changesSince(id, since, now()).messages()).isEqualTo(
                        model.messages().stream().filter(m -> m.version().value() > since).toList());
            }
            for (Message message : model.messages()) {
                assertThat(reader().read(id, message.id(), now()).messages()).containsExactly(message);
                Optional<Message> byId = store().transact(id, tx -> tx.message(message.id()));
                Optional<Message> byPosition = store().transact(id, tx -> tx.messageAt(message.position()));
                assertThat(byId).contains(message).isEqualTo(byPosition);
            }
        }
    }
}
