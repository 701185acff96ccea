package dev.confab.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.conversation.ConversationEvent.MessageAppended;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final ConversationId ID = new ConversationId(new UUID(1, 1));
    private static final ConversationId NEW_ID = new ConversationId(new UUID(1, 2));
    private static final Instant NOW = Instant.ofEpochMilli(1_000);
    private static final Instant LATER = Instant.ofEpochMilli(2_000);
    private static final Digest DIGEST = Digest.of("test").build();
    private final Conversation empty = Conversation.from(Conversation.start(ID, new OwnerId("me"),
            Optional.of(new Title("Trip")), new Metadata(Map.of("k", "v")), DIGEST, NOW));
    private final Message first = empty.append(draft(1), NOW).message();
    private final Conversation one = empty.apply(empty.append(draft(1), NOW)).orElseThrow();
    private final Message second = one.append(draft(2), NOW).message();
    private final Conversation two = one.apply(one.append(draft(2), NOW)).orElseThrow();

    @Test
    void a_decision_that_would_change_nothing_is_empty() {
        assertThat(two.rename(two.title(), LATER)).isEmpty();
        assertThat(two.changeMetadata(two.metadata(), LATER)).isEmpty();
        assertThat(two.edit(first, first.text(), first.data(), first.metadata(), LATER)).isEmpty();
        assertThat(two.truncateAfter(second, LATER)).isEmpty();
        assertThat(empty.clear(LATER)).isEmpty();
        assertThat(two.restore(LATER)).isEmpty();
        assertThat(deleted().delete(LATER)).isEmpty();
    }

    @Test
    void a_title_can_be_taken_away() {
        var untitled = two.apply(two.rename(Optional.empty(), LATER).orElseThrow()).orElseThrow();

        assertThat(untitled.title()).isEmpty();
    }

    @Test
    void a_deleted_conversation_decides_nothing_but_restore_and_purge_S13() {
        Conversation deleted = deleted();

        assertThat(List.<Runnable>of(() -> deleted.rename(Optional.empty(), LATER),
                () -> deleted.changeMetadata(Metadata.EMPTY, LATER), () -> deleted.append(draft(3), LATER),
                () -> deleted.edit(first, "new", Optional.empty(), Metadata.EMPTY, LATER),
                () -> deleted.truncateAfter(first, LATER), () -> deleted.clear(LATER)))
                .allSatisfy(decision -> assertThatThrownBy(decision::run).isInstanceOf(ConversationNotFound.class));
        assertThat(deleted.apply(deleted.restore(LATER).orElseThrow()).orElseThrow().isDeleted()).isFalse();
        assertThat(deleted.apply(deleted.purge(LATER))).isEmpty();
        assertThatThrownBy(() -> two.purge(LATER)).isInstanceOf(ConversationNotDeleted.class);
    }

    @Test
    void when_the_clock_goes_back_the_last_time_is_kept() {
        var later = two.apply(two.rename(Optional.empty(), LATER).orElseThrow()).orElseThrow();

        assertThat(later.append(draft(3), NOW).at()).isEqualTo(LATER);
        assertThat(later.clear(NOW).orElseThrow().at()).isEqualTo(LATER);
        assertThat(later.edit(first, "new", Optional.empty(), Metadata.EMPTY, NOW).orElseThrow().message().editedAt())
                .contains(LATER);
    }

    @Test
    void a_time_more_than_a_day_ahead_is_not_kept() {
        Instant day = LATER.plus(Duration.ofDays(1));
        for (Instant ahead : List.of(day, day.plusMillis(1), Instant.parse("2099-01-01T00:00:00Z"))) {
            var wrong = Conversation.from(Conversation.start(ID, new OwnerId("me"), Optional.empty(), Metadata.EMPTY,
                    DIGEST, ahead));
            Instant expected = ahead.equals(day) ? day : LATER;

            MessageAppended appended = wrong.append(draft(1), LATER);
            Conversation after = wrong.apply(appended).orElseThrow();

            assertThat(appended.at()).isEqualTo(expected);
            assertThat(after.updatedAt()).isEqualTo(expected);
            assertThat(after.createdAt()).isEqualTo(expected);
            assertThat(wrong.delete(LATER).orElseThrow().at()).isEqualTo(LATER);
            assertThat(wrong.apply(wrong.delete(LATER).orElseThrow()).orElseThrow())
                    .extracting(Conversation::deletedAt, Conversation::updatedAt)
                    .containsExactly(Optional.of(LATER), expected);
        }
    }

    @Test
    void an_import_names_the_value_that_no_conversation_can_have() {
        Instant ahead = LATER.plus(Duration.ofDays(1)).plusMillis(1);
        Instant fine = ahead.minusMillis(1);
        assertThat(Conversation.importing(imported(fine, fine, 3, NEW_ID), List.of(message(1, fine, fine, 3)), LATER))
                .isNotNull();
        assertThat(Conversation.importing(imported(NOW, NOW, (1L << 53) - 1, NEW_ID), List.of(first), LATER))
                .isNotNull();

        assertImportRefused("createdAt", imported(ahead, ahead, 3, NEW_ID), first);
        assertImportRefused("updatedAt", imported(NOW, ahead, 3, NEW_ID), first);
        assertImportRefused("version", imported(NOW, NOW, 1L << 53, NEW_ID), first);
        assertImportRefused("origin/conversationId", imported(NOW, NOW, 3, ID), first);
        assertImportRefused("messages/0/createdAt", imported(NOW, NOW, 3, NEW_ID), message(1, ahead, NOW, 2));
        assertImportRefused("messages/0/editedAt", imported(NOW, NOW, 3, NEW_ID), message(1, NOW, ahead, 2));
        assertImportRefused("messages/0/version", imported(NOW, NOW, 3, NEW_ID), message(1, NOW, NOW, 4));
        assertImportRefused("messages/0/position", imported(NOW, NOW, 3, NEW_ID), message(2, NOW, NOW, 2));
    }

    private static void assertImportRefused(String field, Conversation head, Message message) {
        assertThatThrownBy(() -> Conversation.importing(head, List.of(message), LATER))
                .isInstanceOfSatisfying(InvalidValue.class, refused -> assertThat(refused.field()).isEqualTo(field));
    }

    private static Conversation imported(Instant createdAt, Instant updatedAt, long version, ConversationId source) {
        return new Conversation(ID, new OwnerId("me"), Optional.empty(), Metadata.EMPTY, new Version(version), 1,
                createdAt,
                updatedAt, Optional.empty(), Optional.empty(),
                Optional.of(new Origin(source, new MessageId(new UUID(2, 2)))), DIGEST);
    }

    private static Message message(int position, Instant createdAt, Instant editedAt, long version) {
        return new Message(new MessageId(new UUID(2, 1)), position, Role.USER, "text", Optional.empty(), Metadata.EMPTY,
                createdAt, Optional.of(editedAt), new Version(version), DIGEST);
    }

    @Test
    void a_conversation_that_is_made_permanent_was_updated_then_and_no_longer_expires() {
        var temporary = Conversation.from(Conversation.startUntil(Optional.of(LATER.plusSeconds(60)), ID,
                new OwnerId("me"), Optional.empty(), Metadata.EMPTY, DIGEST, NOW));

        var permanent = temporary.apply(temporary.makePermanent(LATER).orElseThrow()).orElseThrow();

        assertThat(permanent.updatedAt()).isEqualTo(LATER);
        assertThat(permanent.expiresAt()).isEmpty();
        assertThat(permanent.makePermanent(LATER)).isEmpty();
    }

    @Test
    void a_precondition_holds_for_its_version_only_S7() {
        assertThatCode(() -> two.expect(Precondition.exactly(new Version(3)))).doesNotThrowAnyException();
        assertThatThrownBy(() -> two.expect(Precondition.exactly(new Version(2)))).isInstanceOfSatisfying(
                VersionConflict.class,
                conflict -> assertThat(conflict.current()).isEqualTo(new Version(3)));
        assertThatThrownBy(() -> two.expect(Precondition.exactly(new Version(4)))).isInstanceOf(VersionConflict.class);
    }

    @Test
    void the_conversation_of_another_owner_is_not_found() {
        assertThat(two.ownedBy(new OwnerId("me"))).isSameAs(two);
        assertThatThrownBy(() -> two.ownedBy(new OwnerId("Me"))).isInstanceOf(ConversationNotFound.class);
    }

    @Test
    void a_draft_made_the_message_also_after_it_was_edited_S10() {
        var edited = two.edit(first, "new", Optional.of("{}"), Metadata.EMPTY, LATER).orElseThrow().message();

        assertThat(draft(1).made(first)).isTrue();
        assertThat(draft(1).made(edited)).isTrue();
        assertThat(draft(2).made(first)).isFalse();
        assertThat(MessageDraft.of(first.id(), Role.USER, "new").made(edited)).isFalse();
    }

    @Test
    void a_fork_copies_messages_as_unedited_and_of_version_1() {
        var edited = two.edit(first, "new", Optional.of("{}"), Metadata.EMPTY, LATER).orElseThrow().message();
        var fork = two.fork(NEW_ID, Optional.empty(), List.of(edited, second), DIGEST, LATER);
        var head = Conversation.from(fork);

        assertThat(head.id()).isEqualTo(NEW_ID);
        assertThat(head.owner()).isEqualTo(two.owner());
        assertThat(head.version()).isEqualTo(Version.FIRST);
        assertThat(head.messageCount()).isEqualTo(2);
        assertThat(head.origin()).contains(new Origin(ID, second.id()));
        assertThat(head.createdAt()).isEqualTo(LATER);
        assertThat(fork.messages().getFirst()).isEqualTo(new Message(first.id(), 1, Role.USER, "new",
                Optional.of("{}"), Metadata.EMPTY, NOW, Optional.empty(), Version.FIRST, first.digest()));
    }

    @Test
    void a_fork_needs_messages_without_gap_or_repetition() {
        assertInvalid(() -> two.fork(NEW_ID, Optional.empty(), List.of(), DIGEST, LATER));
        assertInvalid(() -> two.fork(NEW_ID, Optional.empty(), List.of(second), DIGEST, LATER));
        assertInvalid(() -> two.fork(NEW_ID, Optional.empty(), List.of(first, twin()), DIGEST, LATER));
    }

    @Test
    void an_import_keeps_everything_and_needs_head_and_messages_that_fit() {
        assertThat(Conversation.from(Conversation.importing(two, List.of(first, second), LATER))).isEqualTo(two);
        assertInvalid(() -> Conversation.importing(deleted(), List.of(first, second), LATER));
        assertInvalid(() -> Conversation.importing(two, List.of(first), LATER));
        assertInvalid(() -> Conversation.importing(two, List.of(second, first), LATER));
        assertInvalid(() -> Conversation.importing(two, List.of(first, twin()), LATER));
        assertInvalid(() -> Conversation.importing(one, List.of(second), LATER));
    }

    @Test
    void a_message_newer_than_its_conversation_is_no_import() {
        var newer = new Message(first.id(), 1, Role.USER, "text", Optional.empty(), Metadata.EMPTY, NOW,
                Optional.empty(), new Version(3), DIGEST);

        assertInvalid(() -> Conversation.importing(one, List.of(newer), LATER));
    }

    @Test
    void an_event_that_is_not_the_next_is_refused() {
        var event = two.clear(LATER).orElseThrow();

        assertThatThrownBy(() -> one.apply(event)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> two.apply(event).orElseThrow().apply(event))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> two.apply(two.fork(NEW_ID, Optional.empty(), List.of(first), DIGEST, LATER)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_time_finer_than_a_millisecond_is_refused_by_every_decision() {
        Instant fine = LATER.plusNanos(1);

        assertInvalid(() -> two.append(draft(3), fine));
        assertInvalid(() -> two.clear(fine));
        assertInvalid(() -> two.delete(fine));
        assertInvalid(() -> two.fork(NEW_ID, Optional.empty(), List.of(first), DIGEST, fine));
        assertInvalid(() -> Conversation.importing(two, List.of(first, second), fine));
        assertInvalid(() -> Conversation.start(ID, new OwnerId("me"), Optional.empty(), Metadata.EMPTY, DIGEST, fine));
    }

    private Conversation deleted() {
        return two.apply(two.delete(LATER).orElseThrow()).orElseThrow();
    }

    /** The first message again, at the second position. */
    private Message twin() {
        return one.append(draft(1), NOW).message();
    }

    private static MessageDraft draft(int number) {
        return MessageDraft.of(new MessageId(new UUID(2, number)), Role.USER, "text " + number);
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable decision) {
        assertThatThrownBy(decision).isInstanceOf(InvalidValue.class);
    }
}
