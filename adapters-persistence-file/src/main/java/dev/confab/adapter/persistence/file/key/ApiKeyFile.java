package dev.confab.adapter.persistence.file.key;

import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.json.StoredApiKeyJson;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.domain.access.ApiKey;
import java.io.IOException;
import java.util.List;

/** {@code keys.json}: all API keys, in one line. A directory without the file has no keys. */
record ApiKeyFile(Disk disk, Layout layout) {

    /**
     * Replaces the file with one that has these keys. It is durable once the caller has forced the data directory. When this throws, the
     * file has the keys that it had before.
     */
    void replace(List<ApiKey> keys) throws IOException {
        disk.replace(layout.keys(), ChecksummedLine.of(StoredJson.bytes(json -> {
            json.writeStartObject();
            StoredJson.writeList(json, "keys", keys, StoredApiKeyJson::write);
            json.writeEndObject();
        })));
    }

    /** The keys in the file; throws {@link DirectoryRefused} when it cannot be read, because it would be unknown which keys are missing. */
    List<ApiKey> read() throws IOException {
        // Left by a process that ended while it wrote.
        disk.delete(Layout.unfinished(layout.keys()));
        if (!disk.exists(layout.keys())) {
            return List.of();
        }
        byte[] line = disk.read(layout.keys(), 0, Integer.MAX_VALUE - 8);
        boolean ended = line.length > 0 && line[line.length - 1] == '\n';
        try {
            return StoredJson.read("its content", line, 0, ended ? line.length - 1 : 0,
                    json -> StoredJson.list(json.required("keys"), StoredApiKeyJson::read));
        } catch (FileDamaged e) {
            throw new DirectoryRefused("The file " + layout.keys().toAbsolutePath() + " with all API keys is damaged: "
                    + e.reason() + ". Restore it from a backup. To start without API keys, move it out of the data"
                    + " directory; every client then needs a new key.");
        }
    }
}
