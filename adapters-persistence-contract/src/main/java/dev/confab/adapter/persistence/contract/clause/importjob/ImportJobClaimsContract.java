package dev.confab.adapter.persistence.contract.clause.importjob;

import static dev.confab.adapter.persistence.contract.sample.ImportJobSamples.upload;
import static dev.confab.adapter.persistence.contract.sample.ImportJobSamples.job;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportState;
import dev.confab.domain.importjob.TooManyImportJobs;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.ImportJobStore.Claimed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** J5, J6 and J8: who may run a job, and the limit under concurrent calls. */
public abstract class ImportJobClaimsContract extends ContractTest {
    private static final int ROUNDS = 8;
    private static final int THREADS = 8;

    private final UUID one = UUID.randomUUID();
    private final UUID two = UUID.randomUUID();
    private final Instant start = now();
    private final Instant end = start.plusSeconds(60);

    @Test
    void a_claimed_job_is_not_given_to_another_holder_until_the_claim_ends_J5() {
        var token = store().token(ALICE);
        ImportJob job = created(ALICE, start);
        assertThat(importJobs().claim(one, start, end, 10)).containsExactly(new Claimed(job.running(), token));

        assertThat(importJobs().claim(one, start, end, 10)).as("it has it").isEmpty();
        assertThat(importJobs().claim(two, end.minusMillis(1), end.plusSeconds(60), 10)).isEmpty();
        assertThat(claimed(two, end)).containsExactly(job.running());
        assertThat(importJobs().renew(one, end.plusSeconds(60))).isEmpty();
        assertThat(importJobs().renew(two, end.plusSeconds(60))).containsExactly(new Claimed(job.running(), token));
    }

    @Test
    void a_renewed_claim_ends_later_and_a_released_one_at_once_J5() {
        ImportJob job = created(ALICE, start);
        importJobs().claim(one, start, end, 10);
        assertThat(importJobs().renew(one, end.plusSeconds(60))).hasSize(1);
        assertThat(claimed(two, end)).isEmpty();

        importJobs().release(one);

        assertThat(importJobs().renew(one, end)).isEmpty();
        assertThat(claimed(two, start)).containsExactly(job.running());
    }

    @Test
    void the_oldest_jobs_are_claimed_first_J5() {
        ImportJob last = created(ALICE, start.plusSeconds(2));
        ImportJob first = created(BOB, start);
        ImportJob second = created(ALICE, start.plusSeconds(1));

        assertThat(importJobs().claim(one, end, end.plusSeconds(60), 2)).extracting(Claimed::job)
                .containsExactlyInAnyOrder(first.running(), second.running());
        assertThat(claimed(two, end)).containsExactly(last.running());
    }

    @Test
    void of_many_claims_at_once_exactly_one_succeeds_J5() {
        List<ImportJobStore> instances = twoInstances(ImportJobStore.MAX_UNFINISHED);
        for (int round = 0; round < ROUNDS; round++) {
            created(ALICE, start);

            List<Integer> claimed = TestThreads.run(THREADS,
                    thread -> instances.get(thread % 2).claim(UUID.randomUUID(), start, end, 10).size());

            assertThat(claimed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
            importJobs().removeAllOf(ALICE);
        }
    }

    @Test
    void only_the_present_holder_writes_progress_and_end_J6() {
        ImportJob job = created(ALICE, start);
        ImportJob ended = job.running().ended(ImportState.SUCCEEDED, Optional.empty(), end);
        assertThat(importJobs().record(one, job.id(), "none has it", "part", "plan")).isEmpty();
        importJobs().claim(one, start, end, 10);
        importJobs().claim(two, end, end.plusSeconds(60), 10);

        assertThat(importJobs().record(one, job.id(), "late", "part", "plan")).isEmpty();
        assertThat(importJobs().finish(one, ended, "part")).isFalse();
        assertThat(importJobs().find(ALICE, job.id())).contains(job.running());
        assertThat(importJobs().report(ALICE, job.id(), 0)).isEmpty();
        assertThat(importJobs().plan(job.id())).isEmpty();
        assertThat(importJobs().record(two, job.id(), "mine", "", "")).isPresent();
        importJobs().release(two);
        assertThat(importJobs().record(two, job.id(), "released", "", "")).isEmpty();
        assertThat(importJobs().find(ALICE, job.id())).contains(job.running().withProgress("mine"));
    }

    @Test
    void no_record_of_an_earlier_holder_comes_after_a_claim_J6() {
        List<ImportJobStore> instances = twoInstances(ImportJobStore.MAX_UNFINISHED);
        ImportJob job = created(ALICE, start);
        for (int round = 0; round < ROUNDS; round++) {
            UUID earlier = UUID.randomUUID();
            Instant now = end.plusSeconds(1_000L * round);
            importJobs().claim(earlier, now, now.plusSeconds(1), 10);
            List<String> afterTheClaim = TestThreads.run(4, thread -> {
                if (thread == 0) {
                    assertThat(instances.get(1).claim(UUID.randomUUID(), now.plusSeconds(1), now.plusSeconds(2), 10))
                            .hasSize(1);
                    return progress(job);
                }
                for (int n = 1; n < 20; n++) {
                    instances.get(0).record(earlier, job.id(), thread + " " + n, "", "");
                }
                return "";
            });
            assertThat(progress(job)).isEqualTo(afterTheClaim.getFirst());
        }
    }

    @Test
    void many_creations_at_once_do_not_pass_the_limit_J8() {
        List<ImportJobStore> instances = twoInstances(3);
        for (int round = 0; round < ROUNDS; round++) {
            var token = store().token(ALICE);
            List<Boolean> created = TestThreads.run(THREADS, thread -> {
                try {
                    upload(instances.get(thread % 2), token, job(ALICE, start));
                    return true;
                } catch (TooManyImportJobs full) {
                    return false;
                }
            });

            assertThat(created.stream().filter(each -> each)).hasSize(3);
            assertThat(importJobs().removeAllOf(ALICE)).isEqualTo(3);
        }
    }

    private List<ImportJobStore> twoInstances(int limit) {
        StoreUnderTest other = opened(db().another());
        return List.of(db().importJobs(limit), other.importJobs(limit));
    }

    private ImportJob created(OwnerId owner, Instant createdAt) {
        return upload(importJobs(), store().token(owner), job(owner, createdAt));
    }

    private List<ImportJob> claimed(UUID holder, Instant now) {
        return importJobs().claim(holder, now, now.plusSeconds(60), 10).stream().map(Claimed::job).toList();
    }

    private String progress(ImportJob job) {
        return importJobs().find(ALICE, job.id()).orElseThrow().progress();
    }
}
