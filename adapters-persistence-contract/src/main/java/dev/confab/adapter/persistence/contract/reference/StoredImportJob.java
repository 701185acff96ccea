package dev.confab.adapter.persistence.contract.reference;

import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.port.ImportJobStore.Claimed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An import job with all that is stored of it.
 *
 * @param file empty once the job has ended
 */
public record StoredImportJob(ImportJob job, FencingToken token, Optional<List<Byte>> file, List<String> report,
        String plan, Optional<Claim> claim) {
    public StoredImportJob {
        report = List.copyOf(report);
    }

    /** Who has the job, and until when. */
    public record Claim(UUID holder, Instant until) {
    }

    public boolean isHeldBy(UUID holder) {
        return !job.isFinished() && claim.filter(held -> held.holder().equals(holder)).isPresent();
    }

    public StoredImportJob with(ImportJob changed) {
        return new StoredImportJob(changed, token, changed.isFinished() ? Optional.empty() : file, report, plan, claim);
    }

    public StoredImportJob with(Optional<Claim> newClaim) {
        return new StoredImportJob(job, token, file, report, plan, newClaim);
    }

    public StoredImportJob recorded(String part, String newPlan) {
        return new StoredImportJob(job, token, file,
                part.isEmpty() ? report : Stream.concat(report.stream(), Stream.of(part)).toList(), newPlan, claim);
    }

    Claimed claimed() {
        return new Claimed(job, token);
    }
}
