package dev.confab.application.chatimport;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.BEN;
import static dev.confab.application.conversation.World.MADE;
import static dev.confab.application.conversation.World.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.application.chatimport.ChatImports.Mode;
import dev.confab.application.chatimport.ImportReport.ConversationItem;
import dev.confab.domain.importjob.ConversationOutcome;
import dev.confab.domain.importjob.MessageOutcome;
import dev.confab.application.conversation.World;
import dev.confab.domain.chatexport.ChatExportReader;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.chatexport.ChatSink;
import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.chatexport.ExportedMessage;
import dev.confab.domain.chatexport.ReadingOptions;
import dev.confab.domain.chatexport.Refusal;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChatImportServiceTest {
    private static final Instant WRITTEN = Instant.parse("2020-05-01T10:00:00Z");
    private static final ChatFile FILE = new ChatFile() {
        @Override
        public String name() {
            return "file";
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public int read(long position, byte[] bytes, int offset, int length) {
            return -1;
        }
    };

    private final World world = new World();
    private final Collected report = new Collected();

    private static final class Collected implements ImportReport {
        private final List<ConversationItem> conversations = new ArrayList<>();
        private final List<MessageItem> messages = new ArrayList<>();
        private final List<Refusal> refusals = new ArrayList<>();

        @Override
        public void format(String name) {
            conversations.clear();
            messages.clear();
            refusals.clear();
        }

        @Override
        public void message(MessageItem message) {
            messages.add(message);
        }

        @Override
        public void conversation(ConversationItem conversation) {
            conversations.add(conversation);
        }

        @Override
        public void refusedMessage(Refusal refusal) {
            refusals.add(refusal);
        }

        @Override
        public void refused(Refusal refusal) {
            refusals.add(refusal);
        }

        @Override
        public void note(String note) {
        }
    }

    /** The import of these chats, as if they had been read. */
    private ImportTotals importing(OwnerId owner, Mode mode, ExportedChat... chats) {
        var reader = new ChatExportReader() {
            @Override
            public List<String> formats() {
                return List.of("test");
            }

            @Override
            public void read(ChatFile file, ReadingOptions options, ChatSink sink) {
                sink.format("test");
                Stream.of(chats).forEach(sink::chat);
            }
        };
        return new ChatImportService(reader, world.transfer, world.messages, world.ids, () -> world.now)
                .importChats(owner, FILE, ReadingOptions.at(world.now), mode, report);
    }

    private ImportTotals importing(ExportedChat... chats) {
        return importing(ANN, Mode.STORE, chats);
    }

    /** Messages, each {@code id>parent}, a minute apart. */
    private static ExportedChat chat(String current, String... messages) {
        return new ExportedChat("test", "chat", Optional.of(new Title("Old times")), Optional.of(WRITTEN),
                Optional.empty(), new Filing(true, false, Filing.NONE.labels()),
                IntStream.range(0, messages.length).mapToObj(i -> message(messages[i], i)).toList(),
                Optional.of(current).filter(id -> !id.isEmpty()), List.of(), List.of(), "file#/0");
    }

    private static ExportedMessage message(String idAndParent, int minute) {
        String[] parts = idAndParent.split(">", 2);
        return new ExportedMessage(parts[0], Optional.of(parts[1]).filter(parent -> !parent.isEmpty()), Role.USER,
                Optional.empty(), "text " + parts[0], Optional.of("{\"a\":1}"),
                Optional.of(WRITTEN.plus(Duration.ofMinutes(minute))), "file#/0/" + parts[0]);
    }

    private ConversationId id(int number) {
        return report.conversations.get(number).id();
    }

    @Test
    void a_chat_becomes_a_conversation_with_its_times() {
        ImportTotals totals = importing(chat("", "a>", "b>a"));

        assertThat(totals.count(ConversationOutcome.IMPORTED)).isOne();
        assertThat(totals.count(MessageOutcome.IMPORTED)).isEqualTo(2);
        assertThat(totals.isComplete()).isTrue();
        Conversation head = world.conversations.get(ANN, id(0));
        assertThat(head.title()).contains(new Title("Old times"));
        assertThat(head.createdAt()).isEqualTo(WRITTEN);
        assertThat(head.updatedAt()).isEqualTo(WRITTEN.plus(Duration.ofMinutes(1)));
        assertThat(head.filing().pinned()).isTrue();
        assertThat(head.metadata().pairs()).containsEntry("importedFrom", "test").containsEntry("importedId", "chat");
        assertThat(world.all(id(0)).getLast().createdAt()).isEqualTo(WRITTEN.plus(Duration.ofMinutes(1)));
    }

    @Test
    void the_same_file_again_stores_nothing() {
        var chat = chat("c", "a>", "b>a", "c>a");
        importing(chat);
        List<ConversationItem> first = List.copyOf(report.conversations);

        ImportTotals totals = importing(chat);

        assertThat(totals.count(ConversationOutcome.PRESENT)).isEqualTo(2);
        assertThat(totals.count(MessageOutcome.PRESENT)).isEqualTo(3);
        assertThat(report.conversations).extracting(ConversationItem::id)
                .containsExactlyElementsOf(first.stream().map(ConversationItem::id).toList());
        assertThat(world.conversations.get(ANN, id(0)).version().value()).isOne();
    }

    @Test
    void the_branch_that_was_shown_is_the_conversation_and_each_other_one_a_fork() {
        importing(chat("c1", "a>", "b>a", "c1>b", "c2>b", "d>c2"));

        assertThat(world.texts(id(0))).containsExactly("text a", "text b", "text c1");
        assertThat(world.texts(id(1))).containsExactly("text a", "text b", "text c2", "text d");
        Conversation fork = world.conversations.get(ANN, id(1));
        assertThat(fork.origin().orElseThrow().conversationId()).isEqualTo(id(0));
        assertThat(fork.origin().orElseThrow().messageId()).isEqualTo(world.all(id(0)).get(1).id());
        assertThat(world.all(id(1)).getFirst().id()).isEqualTo(world.all(id(0)).getFirst().id());
        assertThat(report.messages).hasSize(5);
    }

    @Test
    void without_a_branch_that_was_shown_the_newest_one_is_the_conversation() {
        importing(chat("", "a>", "b>a", "c>a"));

        assertThat(world.texts(id(0))).containsExactly("text a", "text c");
    }

    @Test
    void a_newer_export_makes_each_branch_longer_whatever_was_shown_last() {
        importing(chat("c1", "a>", "b>a", "c1>b", "c2>b"));
        ConversationId main = id(0);
        ConversationId fork = id(1);

        ImportTotals totals = importing(chat("d2", "a>", "b>a", "c1>b", "c2>b", "d1>c1", "d2>c2", "d3>c2"));

        assertThat(world.texts(main)).containsExactly("text a", "text b", "text c1", "text d1");
        assertThat(world.texts(fork)).containsExactly("text a", "text b", "text c2", "text d2");
        assertThat(totals.count(ConversationOutcome.EXTENDED)).isEqualTo(2);
        assertThat(totals.count(ConversationOutcome.IMPORTED)).isOne();
        assertThat(totals.count(MessageOutcome.IMPORTED)).isEqualTo(3);
        assertThat(totals.count(MessageOutcome.PRESENT)).isEqualTo(4);
    }

    @Test
    void what_was_written_here_stays_and_a_change_in_the_file_is_reported() {
        importing(chat("", "a>", "b>a"));
        ConversationId main = id(0);
        world.messages.append(ANN, main, World.message(MADE, "mine"), NONE);
        var newer = chat("", "a>", "b>a", "c>b");
        var edited = new ArrayList<>(newer.messages());
        edited.set(1, new ExportedMessage("b", Optional.of("a"), Role.USER, Optional.empty(), "edited there",
                Optional.empty(), Optional.of(WRITTEN), "file#/0/b"));

        ImportTotals totals = importing(new ExportedChat("test", "chat", newer.title(), newer.createdAt(),
                Optional.empty(), newer.filing(), edited, Optional.empty(), List.of(), List.of(), "file#/0"));

        assertThat(world.texts(main)).containsExactly("text a", "text b", "mine", "text c");
        assertThat(totals.count(MessageOutcome.CHANGED)).isOne();
        assertThat(totals.isComplete()).isTrue();
    }

    @Test
    void a_trial_stores_nothing_and_reports_the_same() {
        ImportTotals trial = importing(ANN, Mode.DRY_RUN, chat("c", "a>", "b>a", "c>a"));

        assertThat(trial.count(MessageOutcome.IMPORTED)).isEqualTo(3);
        assertThat(world.reference.find(id(0), world.now)).isEmpty();
        assertThat(importing(chat("c", "a>", "b>a", "c>a"))).isEqualTo(trial);
    }

    @Test
    void each_owner_has_conversations_of_their_own() {
        importing(chat("", "a>"));
        ConversationId anns = id(0);

        importing(BEN, Mode.STORE, chat("", "a>"));

        assertThat(id(0)).isNotEqualTo(anns);
    }

    @Test
    void a_chat_in_the_bin_is_refused_and_the_next_one_imported() {
        importing(chat("", "a>"));
        world.conversations.delete(ANN, id(0), NONE);
        var other = chat("", "a>");

        ImportTotals totals = importing(other, new ExportedChat("test", "other", Optional.empty(), Optional.empty(),
                Optional.empty(), Filing.NONE, other.messages(), Optional.empty(), List.of(), List.of(), "file#/1"));

        assertThat(totals.refused()).isOne();
        assertThat(totals.isComplete()).isFalse();
        assertThat(totals.count(ConversationOutcome.IMPORTED)).isOne();
        assertThat(report.refusals).singleElement()
                .satisfies(refusal -> assertThat(refusal.place()).isEqualTo("file#/0/a"));
    }

    @Test
    void an_import_that_was_interrupted_is_completed_by_the_next_one() {
        var chats = IntStream.range(0, 20).mapToObj(i -> new ExportedChat("test", "chat " + i, Optional.empty(),
                Optional.of(WRITTEN), Optional.empty(), Filing.NONE, chat("", "a>", "b>a").messages(),
                Optional.empty(), List.of(), List.of(), "file#/" + i)).toArray(ExportedChat[]::new);
        importing(Stream.of(chats).limit(7).toArray(ExportedChat[]::new));

        ImportTotals totals = importing(chats);

        assertThat(totals.count(ConversationOutcome.PRESENT)).isEqualTo(7);
        assertThat(totals.count(ConversationOutcome.IMPORTED)).isEqualTo(13);
    }

    @Test
    void more_branches_than_are_allowed_are_refused_message_by_message() {
        String[] messages = Stream.concat(Stream.of("a>"), IntStream.rangeClosed(0, Branches.MAX_BRANCHES)
                .mapToObj(i -> "b" + i + ">a")).toArray(String[]::new);

        ImportTotals totals = importing(ANN, Mode.DRY_RUN, chat("b0", messages));

        assertThat(totals.count(ConversationOutcome.IMPORTED)).isEqualTo(Branches.MAX_BRANCHES);
        assertThat(totals.refusedMessages()).isOne();
        assertThatThrownBy(() -> world.conversations.get(ANN, id(0))).isInstanceOf(RuntimeException.class);
    }
}
