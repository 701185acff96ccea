package dev.confab.adapter.persistence.contract.sample;

import dev.confab.domain.conversation.Message.Author;
import static dev.confab.adapter.persistence.contract.sample.Samples.now;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** The events of a conversation that contain every kind of event. The last four are a deletion, a restoration, a deletion and a purge. */
public final class ConversationLifecycle {
    private final ConversationModel model = new ConversationModel();
    private final List<ConversationEvent> events = new ArrayList<>();

    private ConversationLifecycle(ConversationEvent.Creation first) {
        add(first);
    }

    public static List<ConversationEvent> startingWith(ConversationEvent.Creation first) {
        var life = new ConversationLifecycle(first);
        for (Role role : Role.values()) {
            life.decide(head -> Optional.of(head.append(new MessageDraft(Samples.newMessageId(), role,
                    Optional.of(new Author("The " + role)), "from " + role,
                    Optional.of("{\"role\": \"" + role + "\"}"), new Metadata(Map.of("role", role.name())),
                    Optional.of(now().minusSeconds(1))), now())));
        }
        life.decide(head -> head.rename(Samples.title("renamed"), now()));
        // Only a conversation with a time to live can be made permanent.
        life.model.head().orElseThrow().makePermanent(now()).ifPresent(life::add);
        life.decide(head -> head.rename(Optional.empty(), now()));
        life.decide(head -> head.changeMetadata(new Metadata(Map.of("b", "2", "a", "")), now()));
        life.decide(head -> head.file(new Filing(true, false, new TreeSet<>(List.of("travel", "é 🚀"))), now()));
        life.decide(head -> head.file(new Filing(false, true, new TreeSet<>(List.of("travel"))), now()));
        life.decide(head -> head.edit(life.model.messages().get(1), "edited", Optional.empty(), Metadata.EMPTY, now()));
        life.decide(head -> head.edit(life.model.messages().getLast(), "", Optional.of("[]"), Metadata.EMPTY, now()));
        life.decide(head -> head.remove(life.model.messages().get(1), now()));
        life.decide(head -> head.remove(life.model.messages().get(2), now()));
        life.decide(head -> head.truncateAfter(life.model.messages().get(1), now()));
        life.decide(head -> Optional.of(head.append(Samples.draft("after the truncation"), now())));
        life.decide(head -> head.clear(now()));
        life.decide(head -> Optional.of(head.append(Samples.draft("after the clearing"), now())));
        life.decide(head -> head.changeMetadata(Metadata.EMPTY, now()));
        life.decide(head -> head.delete(now()));
        life.decide(head -> head.restore(now()));
        life.decide(head -> head.delete(now()));
        life.decide(head -> Optional.of(head.purge(now())));
        return life.events;
    }

    private void decide(Function<Conversation, Optional<? extends ConversationEvent>> decision) {
        add(decision.apply(model.head().orElseThrow()).orElseThrow());
    }

    private void add(ConversationEvent event) {
        model.apply(event);
        events.add(event);
    }
}
