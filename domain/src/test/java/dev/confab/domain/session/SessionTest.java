package dev.confab.domain.session;

import dev.confab.domain.session.Session.TokenBudget;
import static dev.confab.domain.session.Samples.NOW;
import static dev.confab.domain.session.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.session.Lifetime.Permanent;
import dev.confab.domain.session.Lifetime.Temporary;
import dev.confab.domain.session.Session.Settings;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final Settings SETTINGS = new Settings(Optional.of(new Title("name")), Optional.of("be brief"),
            Optional.of("model"), Optional.of(new TokenBudget(8_000)), new ContextVariables("{\"a\":1}"));

    @Test
    void it_begins_as_the_current_one_at_version_1() {
        assertThat(session(1).version()).isEqualTo(Version.FIRST);
        assertThat(session(1).activatedAt()).isEqualTo(NOW);
        assertThat(session(1).settings()).isEqualTo(Settings.NONE);
    }

    @Test
    void a_change_counts_a_version_and_one_that_changes_nothing_none() {
        Session changed = session(1).change(any -> SETTINGS, LATER).orElseThrow();

        assertThat(changed.settings()).isEqualTo(SETTINGS);
        assertThat(changed.version()).isEqualTo(new Version(2));
        assertThat(changed.updatedAt()).isEqualTo(LATER);
        assertThat(changed.createdAt()).isEqualTo(NOW);
        assertThat(changed.digest()).isEqualTo(session(1).digest());
        assertThat(changed.change(any -> SETTINGS, LATER)).isEmpty();
        assertThat(changed.change(any -> Settings.NONE, NOW).orElseThrow().updatedAt()).isEqualTo(LATER);
    }

    @Test
    void a_temporary_one_is_kept_once_and_may_be_given_a_name() {
        Session temporary = session(1, new Temporary(LATER));
        Session kept = temporary.makePermanent(Optional.of(new Title("kept")), NOW).orElseThrow();

        assertThat(kept.lifetime()).isEqualTo(new Permanent());
        assertThat(kept.name()).contains(new Title("kept"));
        assertThat(kept.version()).isEqualTo(new Version(2));
        assertThat(kept.makePermanent(Optional.empty(), NOW)).isEmpty();
        assertThat(kept.makePermanent(Optional.of(new Title("kept")), NOW)).isEmpty();
        assertThat(kept.makePermanent(Optional.of(new Title("again")), NOW).orElseThrow().name())
                .contains(new Title("again"));
        assertThat(kept.isExpired(LATER)).isFalse();
    }

    @Test
    void making_it_current_counts_no_version_and_never_turns_time_back() {
        Session active = session(1).activate(LATER);

        assertThat(active.activatedAt()).isEqualTo(LATER);
        assertThat(active.version()).isEqualTo(Version.FIRST);
        assertThat(active.updatedAt()).isEqualTo(NOW);
        assertThat(active.activate(NOW).activatedAt()).isEqualTo(LATER);
    }

    @Test
    void it_is_expired_from_its_end_on() {
        Session temporary = session(1, new Temporary(LATER));

        assertThat(temporary.isExpired(LATER.minusMillis(1))).isFalse();
        assertThat(temporary.isExpired(LATER)).isTrue();
        assertThat(temporary.lifetime().expiry()).contains(LATER);
        assertThat(session(1).isExpired(Instant.ofEpochMilli(Long.MAX_VALUE / 2))).isFalse();
        assertThat(session(1).lifetime().expiry()).isEmpty();
    }

    @Test
    void a_change_that_was_decided_on_an_earlier_version_does_not_follow() {
        Session temporary = session(1, new Temporary(LATER));
        Session kept = temporary.makePermanent(Optional.empty(), NOW).orElseThrow();
        Session changed = temporary.change(any -> SETTINGS, NOW).orElseThrow();

        assertThat(temporary.leadsTo(kept)).isTrue();
        assertThat(temporary.leadsTo(changed)).isTrue();
        assertThat(temporary.leadsTo(temporary.activate(LATER))).isTrue();
        assertThat(kept.leadsTo(changed)).isFalse();
        assertThat(changed.leadsTo(kept)).isFalse();
        assertThat(kept.leadsTo(temporary.activate(LATER))).isFalse();
        assertThat(kept.leadsTo(changed.change(any -> Settings.NONE, NOW).orElseThrow())).isFalse();
        assertThat(temporary.activate(LATER).leadsTo(changed)).isFalse();
        assertThat(temporary.activate(LATER).leadsTo(temporary)).isFalse();
        assertThat(temporary.leadsTo(session(2, new Temporary(LATER)))).isFalse();
    }

    @Test
    void a_precondition_names_the_sessions_version() {
        session(1).expect(Precondition.exactly(Version.FIRST));
        assertThatThrownBy(() -> session(1).expect(Precondition.exactly(new Version(2)))).isInstanceOfSatisfying(
                SessionVersionConflict.class, conflict -> assertThat(conflict.current()).isEqualTo(Version.FIRST));
    }
}
