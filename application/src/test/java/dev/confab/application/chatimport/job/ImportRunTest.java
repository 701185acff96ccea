package dev.confab.application.chatimport.job;

import static dev.confab.application.conversation.World.ANN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.reference.ReferenceImportJobStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.application.chatimport.ChatImportService;
import dev.confab.application.conversation.World;
import dev.confab.domain.chatexport.ChatExportReader;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.chatexport.ChatSink;
import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.chatexport.ExportedMessage;
import dev.confab.domain.chatexport.ReadingOptions;
import dev.confab.domain.chatexport.Refusal;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.importjob.ConversationOutcome;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.ImportParameters;
import dev.confab.domain.importjob.ImportProgress;
import dev.confab.domain.importjob.ImportQuota;
import dev.confab.domain.importjob.ImportState;
import dev.confab.domain.importjob.MessageOutcome;
import dev.confab.domain.importjob.ReportItem;
import dev.confab.domain.importjob.ReportItem.OfConversation;
import dev.confab.domain.importjob.ReportLines;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ImportJobStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Runs of jobs that end early, at every moment, and those that go on. */
class ImportRunTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final int MOST_CALLS = 1_000;

    /** The end of the process, which nothing handles. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Three chats, the second one with two branches, with a refusal and a note in between. */
    private static final class Reader implements ChatExportReader {
        @Override
        public List<String> formats() {
            return List.of("test");
        }

        @Override
        public void read(ChatFile file, ReadingOptions options, ChatSink sink) {
            sink.format("test");
            sink.chat(chat("one", "a>", "b>a"));
            sink.refused(new Refusal("file#/1", "is broken"));
            sink.chat(chat("two", "a>", "b>a", "c>a", "d>c"));
            sink.note("a note\nof two\tlines \\");
            sink.chat(chat("three", "a>"));
        }
    }

    private static ExportedChat chat(String id, String... messages) {
        return new ExportedChat("test", id, Optional.empty(), Optional.empty(), Optional.empty(), Filing.NONE,
                List.of(messages).stream().map(each -> message(id, each.split(">", 2))).toList(), Optional.empty(),
                List.of(), List.of(), "file#/" + id);
    }

    private static ExportedMessage message(String chat, String... idAndParent) {
        return new ExportedMessage(idAndParent[0],
                Optional.of(idAndParent[1]).filter(parent -> !parent.isEmpty()), Role.USER, Optional.empty(),
                "text " + idAndParent[0], Optional.empty(), Optional.of(NOW.minusSeconds(60)),
                "file#/" + chat + "/" + idAndParent[0]);
    }

    private static final class Setting {
        private final ImportJobStore jobs = new ReferenceImportJobStore(new ReferenceStorage(), 3);
        private final ReferenceStore conversations = new ReferenceStore();
        private final ImportJob job;
        private final UUID holder = UUID.randomUUID();
        private int claims;

        Setting(boolean dryRun) {
            var parameters = new ImportParameters("file", Optional.empty(), Optional.empty(), Optional.empty(),
                    dryRun);
            job = jobs.create(new FencingToken(ANN, 0), "file", (_, _, _) -> -1, _ -> ImportJob.create(
                    new ImportJobId(UUID.randomUUID()), ANN, parameters, 0, "00".repeat(32), ImportQuota.NONE, NOW));
        }

        /** One run, by a new holder, that ends with the call of this number, before or after its effect. */
        boolean run(AtomicInteger calls, int last, boolean before) {
            var world = new World(conversations, dying(ConversationStore.class, conversations, Set.of("transact"),
                    calls, last, before));
            var imports = new ChatImportService(new Reader(), world.transfer, world.messages, world.ids, () -> NOW);
            Instant now = NOW.plusSeconds(60L * ++claims);
            UUID claimant = claims == 1 ? holder : UUID.randomUUID();
            var claimed = jobs.claim(claimant, now, now.plusSeconds(60), 1);
            try {
                claimed.forEach(each -> new ImportRun(dying(ImportJobStore.class, jobs, Set.of("record", "finish"),
                        calls, last, before), imports, () -> NOW, claimant, each, () -> true).run());
                return true;
            } catch (Crash crash) {
                return false;
            }
        }

        ImportJob job() {
            return jobs.find(ANN, job.id()).orElseThrow();
        }

        List<ReportItem> report() {
            var items = new ArrayList<ReportItem>();
            for (int part = 0; jobs.report(ANN, job.id(), part).isPresent(); part++) {
                items.addAll(ReportLines.read(jobs.report(ANN, job.id(), part).orElseThrow()));
            }
            return items;
        }
    }

    /** The port, which dies at the call of this number to one of these methods. */
    private static <T> T dying(Class<T> port, T real, Set<String> methods, AtomicInteger calls, int last,
            boolean before) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[]{port}, (_, method, arguments) -> {
            boolean isLast = methods.contains(method.getName()) && calls.incrementAndGet() == last;
            if (isLast && before) {
                throw new Crash();
            }
            try {
                Object result = method.invoke(real, arguments);
                if (isLast) {
                    throw new Crash();
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static Setting completed(boolean dryRun) {
        var setting = new Setting(dryRun);
        assertThat(setting.run(new AtomicInteger(), Integer.MAX_VALUE, true)).isTrue();
        return setting;
    }

    @Test
    void a_run_reports_everything() {
        Setting setting = completed(false);

        assertThat(setting.job().state()).isEqualTo(ImportState.SUCCEEDED);
        ImportProgress progress = ImportProgress.of(setting.job());
        assertThat(progress.format()).contains("test");
        assertThat(progress.count(ConversationOutcome.IMPORTED)).isEqualTo(4);
        assertThat(progress.count(MessageOutcome.IMPORTED)).isEqualTo(7);
        assertThat(progress.refused()).isOne();
        assertThat(progress.highlights()).containsExactly(new ReportItem.Refused("file#/1", "is broken"),
                new ReportItem.Note("a note\nof two\tlines \\"));
        assertThat(setting.report()).hasSize(13).containsAll(progress.highlights());
    }

    @Test
    void whenever_a_run_dies_the_next_one_ends_with_the_same_report() {
        for (boolean before : new boolean[]{true, false}) {
            Setting whole = completed(false);
            int calls = 0;
            boolean hasEnded = false;
            while (!hasEnded) {
                assertThat(++calls).isLessThan(MOST_CALLS);
                var setting = new Setting(false);
                hasEnded = setting.run(new AtomicInteger(), calls, before);
                setting.run(new AtomicInteger(), Integer.MAX_VALUE, true);

                String when = "died at call " + calls + (before ? " before" : " after") + " its effect";
                assertThat(setting.job().state()).as(when).isEqualTo(ImportState.SUCCEEDED);
                assertThat(setting.job().progress()).as(when).isEqualTo(whole.job().progress());
                assertThat(setting.report()).as(when).isEqualTo(whole.report());
            }
            assertThat(calls).isGreaterThan(8);
        }
    }

    @Test
    void a_run_that_dies_again_and_again_ends_with_the_same_report() {
        Setting whole = completed(false);
        var setting = new Setting(false);

        for (int runs = 0; !setting.run(new AtomicInteger(), 3, false); runs++) {
            assertThat(runs).isLessThan(MOST_CALLS);
        }

        assertThat(setting.job().progress()).isEqualTo(whole.job().progress());
        assertThat(setting.report()).isEqualTo(whole.report());
    }

    @Test
    void a_trial_reports_the_same_and_stores_nothing() {
        Setting trial = completed(true);

        assertThat(trial.report()).isEqualTo(completed(false).report());
        assertThat(trial.conversations.usage(ANN).conversations()).isZero();
    }

    @Test
    void a_cancelled_job_reports_what_is_there_and_no_more_whenever_the_run_before_died() {
        int calls = 0;
        boolean hasEnded = false;
        while (!hasEnded) {
            assertThat(++calls).isLessThan(MOST_CALLS);
            var setting = new Setting(false);
            hasEnded = setting.run(new AtomicInteger(), calls, false);
            setting.jobs.cancel(ANN, setting.job.id(), NOW);
            setting.run(new AtomicInteger(), Integer.MAX_VALUE, true);

            assertThat(setting.job().state()).isIn(ImportState.CANCELLED, ImportState.SUCCEEDED);
            Set<Object> named = new HashSet<>();
            setting.report().stream().filter(OfConversation.class::isInstance).map(OfConversation.class::cast)
                    .forEach(item -> named.add(item.id()));
            assertThat(ImportProgress.of(setting.job()).count(ConversationOutcome.IMPORTED)).as("call " + calls)
                    .isEqualTo(setting.conversations.usage(ANN).conversations()).isEqualTo(named.size());
        }
    }

    @Test
    void a_run_whose_job_was_taken_records_nothing_more() {
        var setting = new Setting(false);
        assertThat(setting.run(new AtomicInteger(), 2, false)).isFalse();
        Instant later = NOW.plusSeconds(600);
        assertThat(setting.jobs.claim(UUID.randomUUID(), later, later.plusSeconds(60), 1)).hasSize(1);
        ImportJob taken = setting.job();
        var world = new World(setting.conversations);
        var imports = new ChatImportService(new Reader(), world.transfer, world.messages, world.ids, () -> NOW);

        new ImportRun(setting.jobs, imports, () -> NOW, setting.holder,
                new ImportJobStore.Claimed(taken, new FencingToken(ANN, 0)), () -> true).run();

        assertThat(setting.job()).isEqualTo(taken);
    }
}
