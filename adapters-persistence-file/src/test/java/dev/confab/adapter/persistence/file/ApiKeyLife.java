package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.reference.ReferenceApiKeyStore;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.CommitOutcomeUnknown;
import dev.confab.domain.port.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A directory through crashes, and a reference that makes every acknowledged change. */
final class ApiKeyLife {
    private final ReferenceApiKeyStore reference = new ReferenceApiKeyStore();
    private final List<Consumer<ApiKeyStore>> perhaps = new ArrayList<>();
    private Optional<FileStore> store = Optional.empty();

    /** Opens the store if it can, and makes all changes that it can. */
    void openAndRun(SimulatedDisk disk, List<Consumer<ApiKeyStore>> changes) {
        try {
            store = Optional.of(ApiKeyFileTest.open(disk));
        } catch (FileStoreCannotOpen refused) {
            return;
        }
        run(changes);
    }

    void run(List<Consumer<ApiKeyStore>> changes) {
        store.ifPresent(open -> changes.forEach(change -> {
            try {
                change.accept(open.keys());
                change.accept(reference);
            } catch (CommitOutcomeUnknown e) {
                perhaps.add(change);
            } catch (StorageException certainlyNot) {
                // nothing is recorded
            }
        }));
    }

    void verifyMemory() {
        store.ifPresent(open -> assertThat(withoutUses(ApiKeyFileTest.all(open))).isEqualTo(withoutUses(stored())));
    }

    void openAndVerify(SimulatedDisk disk) {
        FileStore opened = ApiKeyFileTest.open(disk);
        store = Optional.of(opened);
        List<ApiKey> found = withoutUses(ApiKeyFileTest.all(opened));
        if (!perhaps.isEmpty() && !found.equals(withoutUses(stored()))) {
            perhaps.forEach(change -> change.accept(reference));
        }
        perhaps.clear();
        assertThat(found).isEqualTo(withoutUses(stored()));
    }

    private List<ApiKey> stored() {
        return reference.list(Optional.empty(), Optional.empty(), 100);
    }

    /** A crash may lose the last uses. */
    private static List<ApiKey> withoutUses(List<ApiKey> keys) {
        return keys.stream().map(key -> new ApiKey(key.id(), key.owner(), key.name(), key.scopes(), key.digest(),
                key.createdAt(), key.expiresAt(), key.revokedAt(), Optional.empty())).toList();
    }

    void kill() {
        store.ifPresent(FileStore::abandon);
        store = Optional.empty();
    }
}
