package dev.confab.adapter.persistence.contract.clause.importjob;

import static dev.confab.adapter.persistence.contract.sample.ImportJobSamples.bytes;
import static dev.confab.adapter.persistence.contract.sample.ImportJobSamples.upload;
import static dev.confab.adapter.persistence.contract.sample.ImportJobSamples.job;
import static dev.confab.adapter.persistence.contract.sample.ImportJobSamples.newImportJobId;
import static dev.confab.adapter.persistence.contract.sample.ImportJobSamples.read;
import static dev.confab.adapter.persistence.contract.sample.ImportJobSamples.source;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.sample.ImportJobSamples;
import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.erasure.OwnerErased;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobIdReused;
import dev.confab.domain.importjob.ImportParameters;
import dev.confab.domain.importjob.ImportQuota;
import dev.confab.domain.importjob.ImportState;
import dev.confab.domain.importjob.PiecedFile;
import dev.confab.domain.importjob.TooManyImportJobs;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.StorageUnavailable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** J1 to J4 and J7 to J10: the jobs themselves, by one call after another. */
public abstract class ImportJobStoreContract extends ContractTest {
    private final UUID holder = UUID.randomUUID();
    private final Instant start = now();
    private final Instant end = start.plusSeconds(60);

    @Test
    void each_kind_of_change_survives_a_crash_right_after_it_J1() {
        byte[] content = bytes(70_000);
        ImportJob job = upload(importJobs(), token(ALICE), ImportJob.create(newImportJobId(), ALICE,
                ImportJobSamples.PARAMETERS, content.length, "ab".repeat(32), ImportQuota.NONE, start), content);
        ImportJob ofBob = created(BOB);
        db().crash();
        assertThat(importJobs().list(ALICE)).containsExactly(job);
        assertThat(read(importJobs().file(job))).isEqualTo(content);
        assertThat(importJobs().cancel(BOB, ofBob.id(), end)).contains(ofBob.cancel(end));
        db().crash();
        assertThat(importJobs().list(BOB)).containsExactly(ofBob.cancel(end));
        claimAll();
        assertThat(importJobs().record(holder, job.id(), "half", "a\n", "b")).isPresent();
        db().crash();
        assertThat(importJobs().find(ALICE, job.id())).contains(job.running().withProgress("half"));
        assertThat(importJobs().plan(job.id())).isEqualTo("b");
        claimAll();
        ImportJob ended = ended(job);
        assertThat(importJobs().finish(holder, ended, "c\n")).isTrue();
        db().crash();
        assertThat(importJobs().find(ALICE, job.id())).contains(ended);
        assertThat(report(job)).containsExactly("a\n", "c\n");
        importJobs().removeAllOf(ALICE);
        db().crash();
        assertThat(importJobs().list(ALICE)).isEmpty();
    }

    @Test
    void every_instance_sees_a_change_as_soon_as_it_returns_J2() {
        StoreUnderTest other = opened(db().another());
        ImportJob job = created(ALICE);
        ImportJobStore reading = other.importJobs(ImportJobStore.MAX_UNFINISHED);
        assertThat(reading.find(ALICE, job.id())).contains(job);
        claimAll();
        importJobs().record(holder, job.id(), "progress", "part", "plan");
        assertThat(reading.find(ALICE, job.id())).contains(job.running().withProgress("progress"));
        assertThat(reading.report(ALICE, job.id(), 0)).contains("part");
        assertThat(reading.plan(job.id())).isEqualTo("plan");
        importJobs().removeAllOf(ALICE);
        assertThat(reading.list(ALICE)).isEmpty();
    }

    @Test
    void jobs_and_files_come_back_as_they_were_stored_J3() {
        byte[] content = bytes(2 * PiecedFile.PIECE + 12_345);
        var parameters = new ImportParameters("a \"name\" \\ \u00e4\ud83d\ude00.zip", Optional.of("whatsapp"),
                Optional.of(ZoneId.of("Europe/Berlin")), Optional.of(DateOrder.MDY), true);
        ImportJob job = ImportJob.create(newImportJobId(), ALICE, parameters, content.length, "0f".repeat(32),
                new ImportQuota(Optional.of(1L << 40), Optional.of(7)), start);
        upload(importJobs(), token(ALICE), job, content);
        ImportJob whole = ImportJob.create(newImportJobId(), BOB, parameters, PiecedFile.PIECE, "0f".repeat(32),
                ImportQuota.NONE, start);
        upload(importJobs(), token(BOB), whole, bytes(PiecedFile.PIECE));

        nowAndAfterReopening(() -> {
            assertThat(importJobs().find(ALICE, job.id())).contains(job);
            assertThat(importJobs().file(job).name()).isEqualTo(parameters.fileName());
            assertThat(importJobs().file(job).size()).isEqualTo(content.length);
            assertThat(read(importJobs().file(job))).isEqualTo(content);
            assertThat(read(importJobs().file(whole))).isEqualTo(bytes(PiecedFile.PIECE));
        });
    }

    @Test
    void progress_plans_and_reports_come_back_as_they_were_stored_J3() {
        ImportJob job = created(ALICE);
        claimAll();
        String text = "a\ttab, \"quotes\", \\, \u00e4\u4e2d\ud83d\ude00\n";
        assertThat(importJobs().record(holder, job.id(), text + 1, "", text + 2))
                .contains(job.running().withProgress(text + 1));
        assertThat(report(job)).isEmpty();
        importJobs().record(holder, job.id(), text + 3, text + 4, text + 5);
        importJobs().record(holder, job.id(), text + 6, text + 7, "");

        nowAndAfterReopening(() -> {
            assertThat(importJobs().find(ALICE, job.id())).contains(job.running().withProgress(text + 6));
            assertThat(report(job)).containsExactly(text + 4, text + 7);
            assertThat(importJobs().plan(job.id())).isEmpty();
        });
        claimAll();
        ImportJob failed = job.running().withProgress(text).ended(ImportState.FAILED, Optional.of(text), end);
        assertThat(importJobs().finish(holder, failed, "")).isTrue();
        nowAndAfterReopening(() -> assertThat(importJobs().find(ALICE, job.id())).contains(failed));
    }

    @Test
    void a_job_is_there_when_its_whole_file_is_J4() {
        byte[] content = bytes(PiecedFile.PIECE + 1);
        ImportJob job = job(ALICE, start);
        var all = source(content);

        importJobs().create(token(ALICE), "chats.json", (bytes, offset, length) -> {
            assertInvisible();
            return all.read(bytes, offset, length);
        }, file -> {
            assertThat(read(file)).isEqualTo(content);
            assertInvisible();
            return job;
        });

        assertThat(importJobs().list(ALICE)).containsExactly(job);
    }

    private void assertInvisible() {
        assertThat(importJobs().list(ALICE)).isEmpty();
        assertThat(importJobs().claim(UUID.randomUUID(), end, end.plusSeconds(60), 10)).isEmpty();
    }

    @Test
    void an_upload_that_fails_stores_nothing_J4() {
        var failure = new IllegalStateException("the client went away");
        var some = source(bytes(2 * PiecedFile.PIECE + 1));
        int[] reads = {0};
        assertThatThrownBy(() -> importJobs().create(token(ALICE), "chats.json", (bytes, offset, length) -> {
            if (++reads[0] > 25) {
                throw failure;
            }
            return some.read(bytes, offset, length);
        }, _ -> job(ALICE, start))).isSameAs(failure);
        assertThatThrownBy(() -> importJobs().create(token(ALICE), "chats.json", source(bytes(10)), _ -> {
            throw failure;
        })).isSameAs(failure);

        nowAndAfterReopening(this::assertInvisible);
    }

    @Test
    void jobs_of_others_cannot_be_found_J7() {
        ImportJob job = created(ALICE);
        claimAll();
        importJobs().record(holder, job.id(), "progress", "part", "");

        assertThat(importJobs().find(BOB, job.id())).isEmpty();
        assertThat(importJobs().list(BOB)).isEmpty();
        assertThat(importJobs().cancel(BOB, job.id(), end)).isEmpty();
        assertThat(importJobs().report(BOB, job.id(), 0)).isEmpty();
        assertThat(importJobs().find(ALICE, job.id())).contains(job.running().withProgress("progress"));
    }

    @Test
    void an_owner_has_no_more_unfinished_jobs_than_the_limit_J8() {
        ImportJobStore two = db().importJobs(2);
        ImportJob first = upload(two, token(ALICE), job(ALICE, start));
        upload(two, token(ALICE), job(ALICE, start));
        assertThatThrownBy(() -> upload(two, token(ALICE), job(ALICE, start))).isInstanceOf(TooManyImportJobs.class);
        assertThat(two.list(ALICE)).hasSize(2);
        assertThat(upload(two, token(ALICE), first)).isEqualTo(first);
        upload(two, token(BOB), job(BOB, start));
        two.cancel(ALICE, first.id(), end);

        upload(two, token(ALICE), job(ALICE, start));

        assertThat(two.list(ALICE)).hasSize(3);
    }

    @Test
    void the_oldest_finished_jobs_give_way_J8() {
        for (int n = 0; n <= ImportJobStore.MAX_KEPT; n++) {
            ImportJob job = upload(importJobs(), token(ALICE), job(ALICE, start.plusSeconds(n)));
            importJobs().cancel(ALICE, job.id(), end);
        }

        created(ALICE);

        List<ImportJob> kept = importJobs().list(ALICE).stream().filter(ImportJob::isFinished).toList();
        assertThat(kept).hasSizeLessThanOrEqualTo(ImportJobStore.MAX_KEPT);
        assertThat(kept.getFirst().createdAt()).isEqualTo(start.plusSeconds(ImportJobStore.MAX_KEPT));
        assertThat(kept).extracting(ImportJob::createdAt).doesNotContain(start);
    }

    @Test
    void a_repeated_creation_returns_the_stored_job_and_another_one_with_its_id_is_rejected_J8() {
        ImportJob first = created(ALICE);
        importJobs().cancel(ALICE, first.id(), end);
        ImportJob repeated = ImportJob.create(first.id(), ALICE, first.parameters(), 1, first.digest(),
                ImportQuota.NONE, end);

        assertThat(upload(importJobs(), token(ALICE), repeated)).isEqualTo(first.cancel(end));
        for (ImportJob other : List.of(
                ImportJob.create(first.id(), ALICE, first.parameters(), 1, "cd".repeat(32), ImportQuota.NONE, start),
                ImportJob.create(first.id(), BOB, first.parameters(), 1, first.digest(), ImportQuota.NONE, start))) {
            assertThatThrownBy(() -> upload(importJobs(), token(other.owner()), other))
                    .isInstanceOf(ImportJobIdReused.class);
        }
        assertThat(importJobs().list(ALICE)).containsExactly(first.cancel(end));
    }

    @Test
    void a_finished_job_stays_as_it_is_and_has_no_file_J9() {
        ImportJob job = created(ALICE);
        claimAll();
        ImportJob ended = ended(job);
        assertThat(importJobs().finish(holder, ended, "")).isTrue();

        assertThat(importJobs().record(holder, job.id(), "more", "more", "")).isEmpty();
        assertThat(importJobs().finish(holder, ended(job).withProgress("other"), "")).isFalse();
        assertThat(importJobs().cancel(ALICE, job.id(), end)).contains(ended);
        assertThat(importJobs().renew(holder, end)).isEmpty();
        assertThat(importJobs().claim(UUID.randomUUID(), end, end.plusSeconds(60), 10)).isEmpty();
        nowAndAfterReopening(() -> {
            assertThat(importJobs().find(ALICE, job.id())).contains(ended);
            assertThatThrownBy(() -> read(importJobs().file(job))).isInstanceOf(StorageUnavailable.class);
        });
    }

    @Test
    void a_job_that_runs_is_asked_to_stop_and_one_that_waits_stops_J9() {
        ImportJob runs = created(ALICE);
        claimAll();
        ImportJob waits = upload(importJobs(), token(ALICE), job(ALICE, start.plusSeconds(1)));

        assertThat(importJobs().cancel(ALICE, waits.id(), end)).contains(waits.cancel(end));
        ImportJob asked = runs.running().cancel(end);
        assertThat(importJobs().cancel(ALICE, runs.id(), end)).contains(asked);

        assertThat(importJobs().record(holder, runs.id(), "", "", "")).contains(asked);
        assertThat(importJobs().finish(holder, runs.running().ended(ImportState.CANCELLED, Optional.empty(), end), ""))
                .isTrue();
        assertThat(importJobs().list(ALICE)).containsExactly(waits.cancel(end),
                asked.ended(ImportState.CANCELLED, Optional.empty(), end));
        assertThatThrownBy(() -> read(importJobs().file(waits))).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void removed_jobs_are_gone_and_those_of_others_stay_J10() {
        ImportJob job = created(ALICE);
        ImportJob ofBob = created(BOB);
        claimAll();
        importJobs().record(holder, job.id(), "", "part", "plan");

        assertThat(importJobs().removeAllOf(ALICE)).isEqualTo(1);

        assertThat(importJobs().removeAllOf(ALICE)).isZero();
        assertThat(importJobs().find(ALICE, job.id())).isEmpty();
        assertThat(importJobs().report(ALICE, job.id(), 0)).isEmpty();
        assertThat(importJobs().plan(job.id())).isEmpty();
        assertThat(importJobs().record(holder, job.id(), "", "", "")).isEmpty();
        assertThatThrownBy(() -> read(importJobs().file(job))).isInstanceOf(StorageUnavailable.class);
        assertThat(importJobs().renew(holder, end)).extracting(each -> each.job().id()).containsExactly(ofBob.id());
        ImportJob ended = ended(ofBob);
        importJobs().finish(holder, ended, "");
        assertThat(importJobs().removeEndedBefore(end)).isZero();
        assertThat(importJobs().removeEndedBefore(end.plusMillis(1))).isEqualTo(1);
        assertThat(importJobs().list(BOB)).isEmpty();
    }

    @Test
    void an_upload_that_began_before_an_erasure_is_refused_J10() {
        FencingToken before = token(ALICE);
        FencingToken ofBob = token(BOB);
        db().eraser().erase(ALICE);

        assertThatThrownBy(() -> upload(importJobs(), before, job(ALICE, start))).isInstanceOf(OwnerErased.class);

        assertThat(importJobs().list(ALICE)).isEmpty();
        upload(importJobs(), ofBob, job(BOB, start));
        ImportJob later = created(ALICE);
        assertThat(importJobs().list(ALICE)).containsExactly(later);
    }

    private FencingToken token(OwnerId owner) {
        return store().token(owner);
    }

    private ImportJob created(OwnerId owner) {
        return upload(importJobs(), token(owner), job(owner, start));
    }

    private void claimAll() {
        importJobs().claim(holder, end, end.plusSeconds(60), 10);
    }

    private ImportJob ended(ImportJob job) {
        return job.running().withProgress("all").ended(ImportState.SUCCEEDED, Optional.empty(), end);
    }

    private List<String> report(ImportJob job) {
        return IntStream.iterate(0, n -> n + 1)
                .mapToObj(n -> importJobs().report(job.owner(), job.id(), n)).takeWhile(Optional::isPresent)
                .map(Optional::orElseThrow).toList();
    }
}
