package dev.confab.adapter.persistence.file.erasure;

import dev.confab.adapter.persistence.file.checkpoint.Checkpointer;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.IoReason;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.journal.Journal;
import dev.confab.adapter.persistence.file.memory.OwnerFences;
import dev.confab.adapter.persistence.file.search.SearchIndex;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.Erased;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.StorageUnavailable;
import dev.confab.domain.work.UnitOfWork;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Erases an owner: raises the fence, purges the owner's conversations, and then removes what the purges left in the files.
 *
 * @param purge purges the conversations of the owner that exist when it is called, and no later ones: otherwise it would not end while
 *     clients of the owner create conversations
 * @param timeLimit for the journal's thread
 */
public record FileErasure(Function<OwnerId, Erased> purge, OwnerFences fences, Journal journal,
        Checkpointer checkpointer, SearchIndex index, HealthMonitor health, Duration timeLimit,
        Disk disk, Layout layout) implements OwnerEraser {

    @Override
    public Erased erase(OwnerId owner) {
        UnitOfWork.requireOutsideTransaction();
        fences.raise(owner);
        // Commits that the journal's thread took before it saw the fence are published when the probe returns.
        if (!journal.probe().completeOnTimeout(false, timeLimit.toNanos(), TimeUnit.NANOSECONDS).join()) {
            throw new StorageUnavailable(health.failure().orElse("the journal is closed or did not answer in time"));
        }
        Erased purged = purge.apply(owner);
        try {
            int unattributed = new QuarantinedFiles(disk, layout).erase(owner);
            checkpointer.checkpoint();
            index.removeDeleted();
            return purged.withUnattributed(unattributed);
        } catch (IOException e) {
            throw new StorageUnavailable("the conversations are purged, but not all of their files could be removed: "
                    + IoReason.of(e) + "; erase the owner again", e);
        }
    }
}
