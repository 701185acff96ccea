package dev.confab.adapter.persistence.file.recovery;

import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.health.HealthMonitor;
import dev.confab.adapter.persistence.file.health.Part;
import java.util.ArrayList;
import java.util.List;

/** Damaged or missing parts of the journal. Because of them the store refuses the directory or, with {@code salvage}, reports the loss. */
final class JournalDamage {
    private final Layout layout;
    private final boolean salvage;
    private final List<String> found = new ArrayList<>();

    JournalDamage(Layout layout, boolean salvage) {
        this.layout = layout;
        this.salvage = salvage;
    }

    /** Throws {@link DirectoryRefused} unless the store salvages the directory. */
    void found(String damage) throws DirectoryRefused {
        if (!salvage) {
            throw new DirectoryRefused("The data directory " + layout.root().toAbsolutePath() + " is damaged: " + damage
                    + ". Restore a backup, or set confab.file.salvage=true to open it without the lost commits.");
        }
        found.add(damage);
    }

    boolean isFound() {
        return !found.isEmpty();
    }

    void report(HealthMonitor health) {
        if (isFound()) {
            health.failed(Part.RECOVERY, String.join("; ", found));
        }
    }
}
