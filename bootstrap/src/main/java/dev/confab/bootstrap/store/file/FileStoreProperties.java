package dev.confab.bootstrap.store.file;

import dev.confab.adapter.persistence.file.FileStoreSettings;
import dev.confab.bootstrap.settings.MinSize;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The store on JSON files, for one user on one machine.
 *
 * @param directory where the files are; created if it does not exist
 * @param lockTimeout how long a write waits for other writes to its conversation, and then for its commit
 * @param checkpointSize a checkpoint starts when the journal has grown by this much; at twice this size writes wait for it
 * @param idleCheckpoint a checkpoint starts when nothing was committed for this long
 * @param cacheSize the most heap memory that the message indexes use
 * @param salvage whether to open a journal that is damaged in the middle: keeps a copy and loses the commits that cannot be read
 * @param backupDirectory where backups of the running server are made; without it, none are
 */
@Validated
@ConfigurationProperties("confab.file")
public record FileStoreProperties(@NotNull @DefaultValue("./data") Path directory,
        @DurationMin(millis = 1) @DefaultValue("3s") Duration lockTimeout,
        @MinSize("64KB") @DefaultValue("32MB") DataSize checkpointSize,
        @DurationMin(millis = 1) @DefaultValue("5s") Duration idleCheckpoint,
        @MinSize("1MB") @DefaultValue("64MB") DataSize cacheSize, @DefaultValue("false") boolean salvage,
        @Nullable Path backupDirectory) {

    FileStoreSettings toStoreSettings() {
        return new FileStoreSettings(directory, lockTimeout, checkpointSize.toBytes(), idleCheckpoint,
                cacheSize.toBytes(), salvage);
    }
}
