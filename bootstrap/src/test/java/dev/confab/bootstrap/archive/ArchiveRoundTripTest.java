package dev.confab.bootstrap.archive;

import static dev.confab.bootstrap.archive.Archiving.SILENT;
import static dev.confab.bootstrap.archive.Archiving.compare;
import static dev.confab.bootstrap.archive.Archiving.export;
import static dev.confab.bootstrap.archive.Archiving.into;
import static dev.confab.bootstrap.archive.Archiving.retrying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.RunTwice;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.file.archive.GzipArchiveFormat;
import dev.confab.application.Archives.Compared;
import dev.confab.application.Archives.Exported;
import dev.confab.application.Archives.Imported;
import dev.confab.application.Archives.Selection;
import dev.confab.application.Archives.Side;
import dev.confab.application.archive.ArchiveService;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Export, import and comparison, on reference stores. */
class ArchiveRoundTripTest {
    private final ReferenceStore source = new ReferenceStore();
    private final ReferenceStore target = new ReferenceStore();

    @Test
    void a_store_is_exported_and_imported_whole_and_again_changes_nothing() {
        new Population(source, 1).add(60);
        byte[] archive = export(source);

        Imported first = into(target).importAll(Bytes.of(archive), SILENT);
        assertThat(first.imported()).isEqualTo(60);
        assertThat(first.isComplete()).isTrue();
        assertThat(Same.expect(source.stored(), target.stored())).isEqualTo(60);
        Imported again = into(target).importAll(Bytes.of(archive), SILENT);
        assertThat(again.imported()).isZero();
        assertThat(again.equal()).isEqualTo(60);
        assertThat(again.isComplete()).isTrue();
    }

    @Test
    void the_export_of_one_owner_has_all_of_that_owner_and_nothing_else() {
        new Population(source, 2).add(40);
        var out = new ByteArrayOutputStream();
        var selection = new Selection(Optional.of(Samples.BOB), Optional.empty());

        Exported written = into(source).export(selection, out::write, SILENT);
        assertThat(into(source).count(selection)).isEqualTo(written.conversations()).isPositive();
        into(target).importAll(Bytes.of(out.toByteArray()), SILENT);
        assertThat(Same.ids(target.stored())).isEqualTo(source.stored().ids(Optional.of(Samples.BOB),
                Optional.empty(), 1_000));
        assertThat(into(target).compare(new Side.Archive(Bytes.of(out.toByteArray())),
                new Side.Stored(Optional.empty()), SILENT).isEqual()).isTrue();
        assertThat(into(source).export(new Selection(Optional.of(new OwnerId("nobody")), Optional.empty()),
                new ByteArrayOutputStream()::write, SILENT).conversations()).isZero();
    }

    @Test
    void an_import_through_a_store_that_runs_every_transaction_function_twice_is_complete() {
        new Population(source, 5).add(25);
        byte[] archive = export(source);
        var twice = new RunTwice(target);

        var service = new ArchiveService(retrying(twice), target.stored(), new GzipArchiveFormat(), "reference",
                Samples::now);
        assertThat(service.importAll(Bytes.of(archive), SILENT).isComplete()).isTrue();
        Same.expect(source.stored(), target.stored());
    }

    @Test
    void a_stored_conversation_with_other_content_is_a_conflict_and_stays() {
        new Population(source, 6).add(16);
        byte[] archive = export(source);
        List<ConversationId> ids = Same.ids(source.stored());
        ConversationId taken = ids.get(5);
        target.transact(taken, tx -> {
            tx.record(Samples.started(taken, Samples.ALICE, Samples.title("my own")));
            return true;
        });
        StoredWindow before = target.stored().read(taken, Window.first(10)).orElseThrow();

        Imported done = into(target).importAll(Bytes.of(archive), SILENT);
        assertThat(done.conflicts().first()).containsExactly(taken);
        assertThat(done.imported()).isEqualTo(15);
        assertThat(done.isComplete()).isFalse();
        assertThat(target.stored().read(taken, Window.first(10))).contains(before);
        assertThat(compare(archive, export(target)).different().first()).containsExactly(taken);
    }

    @Test
    void a_comparison_names_missing_surplus_and_different_conversations() {
        new Population(source, 7).add(16);
        into(target).importAll(Bytes.of(export(source)), SILENT);
        List<ConversationId> ids = Same.ids(source.stored());
        ConversationId surplus = new ConversationId(new UUID(1, 1));
        target.transact(surplus, tx -> {
            tx.record(Samples.started(surplus));
            return true;
        });
        change(target, ids.get(3));
        purge(target, ids.get(8));
        purge(target, ids.getLast());

        Compared compared = into(target).compare(new Side.Archive(Bytes.of(export(source))),
                new Side.Stored(Optional.empty()), SILENT);
        assertThat(compared.isEqual()).isFalse();
        assertThat(compared.equal()).isEqualTo(13);
        assertThat(compared.missing().first()).containsExactly(ids.get(8), ids.getLast());
        assertThat(compared.surplus().first()).containsExactly(surplus);
        assertThat(compared.different().first()).containsExactly(ids.get(3));
    }

    @Test
    void sessions_and_turns_that_changed_alone_are_a_difference() {
        ConversationId id = Samples.newConversationId();
        source.transact(id, tx -> {
            tx.record(Samples.started(id));
            return true;
        });
        byte[] before = export(source);
        source.transact(id, tx -> {
            tx.record(new SessionStarted(SessionSamples.session(id), Samples.now()));
            return true;
        });
        assertThat(compare(before, export(source)).different().first()).containsExactly(id);
    }

    @Test
    void a_conversation_that_is_larger_than_one_commit_is_imported_as_a_whole() {
        ConversationId large = Samples.newConversationId();
        ConversationId small = Samples.newConversationId();
        source.transact(small, tx -> {
            tx.record(Samples.started(small));
            return true;
        });
        List<Message> messages = new ArrayList<>();
        for (int position = 1; position <= 9_999; position++) {
            messages.add(new Message(new MessageId(new UUID(7, position)), position, Role.USER, "x", Optional.empty(),
                    Metadata.EMPTY, Samples.now(), Optional.empty(), Version.FIRST, Samples.digest("x")));
        }
        var head = new Conversation(large, Samples.ALICE, Optional.empty(), Metadata.EMPTY, Version.FIRST,
                messages.size(), Instant.EPOCH, Samples.now(), Optional.empty(), Optional.empty(), Optional.empty(),
                Samples.digest("large"));
        source.transact(large, tx -> {
            tx.record(Conversation.importing(head, messages, Samples.now()));
            tx.record(tx.conversation().append(MessageDraft.of(Samples.newMessageId(), Role.USER, "10,000"),
                    Samples.now()));
            return true;
        });
        var fits = into(new ReferenceStore()).importAll(Bytes.of(export(source)), SILENT);
        assertThat(fits.isComplete()).isTrue();
        change(source, large);

        Imported done = into(target).importAll(Bytes.of(export(source)), SILENT);
        assertThat(done.isComplete()).isTrue();
        Same.expect(source.stored(), target.stored());
        assertThat(into(target).importAll(Bytes.of(export(source)), SILENT).equal()).isEqualTo(2);
    }

    @Test
    void of_an_archive_that_is_cut_within_a_long_conversation_nothing_is_left() {
        ConversationId large = Samples.newConversationId();
        source.transact(large, tx -> {
            tx.record(Samples.started(large));
            return true;
        });
        for (int n = 0; n < 21; n++) {
            source.transact(large, tx -> {
                for (int i = 0; i < 600; i++) {
                    tx.record(tx.conversation().append(Samples.draft(Samples.newMessageId().toString()),
                            Samples.now()));
                }
                return true;
            });
        }
        byte[] archive = export(source);

        Imported done = into(target).importAll(Bytes.of(Arrays.copyOf(archive, archive.length * 19 / 20)), SILENT);
        assertThat(done.damage()).isPresent();
        assertThat(target.stored().ids(Optional.empty(), Optional.empty(), 10)).isEmpty();
        assertThat(into(target).importAll(Bytes.of(archive), SILENT).isComplete()).isTrue();
        Same.expect(source.stored(), target.stored());
    }

    private static void change(ReferenceStore store, ConversationId id) {
        store.transact(id, tx -> {
            UnaryOperator<String> text = old -> old + "!";
            if (tx.find().orElseThrow().isDeleted()) {
                tx.record(tx.find().orElseThrow().restore(Samples.now()).orElseThrow());
            }
            tx.messageAt(1).flatMap(first -> tx.conversation().edit(first, text.apply(first.text()), first.data(),
                    first.metadata(), Samples.now())).ifPresent(tx::record);
            tx.record(tx.conversation().append(Samples.draft("one more"), Samples.now()));
            return true;
        });
    }

    private static void purge(ReferenceStore store, ConversationId id) {
        store.transact(id, tx -> {
            tx.activity().cancel(Samples.now()).ifPresent(tx::record);
            tx.find().orElseThrow().delete(Samples.now()).ifPresent(tx::record);
            tx.record(tx.find().orElseThrow().purge(Samples.now()));
            return true;
        });
    }
}
