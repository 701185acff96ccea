package dev.confab.adapter.persistence.file.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.file.trial.Commands;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.work.Change;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** An index that was changed commit by commit equals one that is built from the newest states. */
class ActivityIndexTest {
    private final ActivityIndex index = new ActivityIndex();
    private final Map<ConversationId, ConversationState> states = new HashMap<>();
    private final Set<SessionId> sessions = new HashSet<>();
    private final Set<TurnId> turns = new HashSet<>();

    @Test
    void it_finds_everything_visible_before_and_after_a_commit_and_nothing_else() {
        run(7, change -> true);
        assertThat(turns).hasSizeGreaterThan(20);
    }

    @Test
    void a_turn_that_was_forgotten_is_removed() {
        run(8, change -> !change.name().equals("purge"));
        var kept = turns.stream().filter(turn -> !index.of(turn).isEmpty()).toList();
        assertThat(kept).hasSizeLessThan(turns.size()).isNotEmpty();
    }

    private void run(long seed, Predicate<Commands.Change> wanted) {
        var store = new ReferenceStore() {
            @Override
            protected void commit(Change change) {
                super.commit(change);
                committed(change);
            }
        };
        for (Commands.Command command : new Commands(seed).take(2_000)) {
            if (command instanceof Commands.Change change && wanted.test(change)) {
                change.on(store);
            }
        }
    }

    private void committed(Change change) {
        ConversationState before = states.getOrDefault(change.id(), ConversationState.ABSENT);
        ConversationState after = before.after(change, 0, before.commit() + 1);
        after.activity().sessions().forEach(session -> sessions.add(session.id()));
        after.activity().turns().forEach(turn -> turns.add(turn.id()));

        index.add(change.id(), before, after);
        checkHolds(rebuilt());
        states.put(change.id(), after);
        checkHolds(rebuilt());
        index.remove(change.id(), before, after);
        checkHolds(rebuilt());
        checkHoldsNoMoreThan(rebuilt());
    }

    private ActivityIndex rebuilt() {
        var fresh = new ActivityIndex();
        states.forEach((id, state) -> fresh.add(id, ConversationState.ABSENT, state));
        return fresh;
    }

    private void checkHolds(ActivityIndex needed) {
        assertThat(index.withSessions()).containsAll(needed.withSessions());
        assertThat(index.expiring()).containsAll(needed.expiring());
        assertThat(index.running()).containsAll(needed.running());
        sessions.forEach(id -> assertThat(index.of(id)).containsAll(needed.of(id)));
        turns.forEach(id -> assertThat(index.of(id)).containsAll(needed.of(id)));
    }

    private void checkHoldsNoMoreThan(ActivityIndex needed) {
        assertThat(needed.withSessions()).containsAll(index.withSessions());
        assertThat(needed.expiring()).containsAll(index.expiring());
        assertThat(needed.running()).containsAll(index.running());
        sessions.forEach(id -> assertThat(needed.of(id)).containsAll(index.of(id)));
        turns.forEach(id -> assertThat(needed.of(id)).containsAll(index.of(id)));
    }
}
