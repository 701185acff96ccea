package dev.confab.adapter.persistence.contract.sample;

import dev.confab.domain.archive.ByteSource;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.ImportParameters;
import dev.confab.domain.importjob.ImportQuota;
import dev.confab.domain.port.ImportJobStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Import jobs for tests. */
public final class ImportJobSamples {
    public static final ImportParameters PARAMETERS = new ImportParameters("chats.json", Optional.empty(),
            Optional.empty(), Optional.empty(), false);

    private ImportJobSamples() {
    }

    public static ImportJobId newImportJobId() {
        var random = ThreadLocalRandom.current();
        return new ImportJobId(new UUID(random.nextLong(), random.nextLong()));
    }

    /** A new job with a file of one byte. */
    public static ImportJob job(OwnerId owner, Instant createdAt) {
        return ImportJob.create(newImportJobId(), owner, PARAMETERS, 1, "ab".repeat(32), ImportQuota.NONE, createdAt);
    }

    /** Bytes that cannot be compressed. */
    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** In pieces of odd lengths. */
    public static ByteSource source(byte[] bytes) {
        var in = new ByteArrayInputStream(bytes);
        return (target, offset, length) -> in.read(target, offset, Math.min(length, 60_001));
    }

    public static ImportJob upload(ImportJobStore store, FencingToken token, ImportJob job) {
        return upload(store, token, job, new byte[]{1});
    }

    public static ImportJob upload(ImportJobStore store, FencingToken token, ImportJob job, byte[] content) {
        return store.create(token, job.parameters().fileName(), source(content), _ -> job);
    }

    /** All bytes of the file. */
    public static byte[] read(ChatFile file) {
        var all = new ByteArrayOutputStream();
        byte[] some = new byte[100_000];
        for (int read; (read = file.read(all.size(), some, 0, some.length)) > 0;) {
            all.write(some, 0, read);
        }
        return all.toByteArray();
    }
}
