package dev.confab.adapter.persistence.file.importjob;

import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.port.ImportJobStore.Claimed;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An import job in memory.
 *
 * @param fence the number of the owner's last erasure when the upload began, in this process; 0 if that was in an earlier one, which had
 *     completed every erasure that concerned the job
 * @param reportBytes the valid length of the file with the report
 * @param parts how many parts the report has
 */
record HeldImportJob(ImportJob job, long fence, String plan, long reportBytes, int parts, Optional<Claim> claim) {

    record Claim(UUID holder, Instant until) {
    }

    HeldImportJob with(ImportJob changed) {
        return new HeldImportJob(changed, fence, plan, reportBytes, parts, claim);
    }

    HeldImportJob with(Optional<Claim> newClaim) {
        return new HeldImportJob(job, fence, plan, reportBytes, parts, newClaim);
    }

    HeldImportJob recorded(String newPlan, int partBytes) {
        return new HeldImportJob(job, fence, newPlan, reportBytes + partBytes, partBytes > 0 ? parts + 1 : parts,
                claim);
    }

    boolean isHeldBy(UUID holder) {
        return !job.isFinished() && claim.filter(held -> held.holder().equals(holder)).isPresent();
    }

    boolean isFreeFor(UUID holder, Instant now) {
        return !job.isFinished()
                && claim.map(held -> !held.holder().equals(holder) && !held.until().isAfter(now)).orElse(true);
    }

    Claimed claimed() {
        return new Claimed(job, new FencingToken(job.owner(), fence));
    }
}
