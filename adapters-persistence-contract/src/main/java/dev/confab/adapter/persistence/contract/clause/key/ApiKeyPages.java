package dev.confab.adapter.persistence.contract.clause.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ApiKeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a list of keys page by page. */
final class ApiKeyPages {
    private ApiKeyPages() {
    }

    /** All keys of the owner, or of all owners, read in pages of at most this many; fails where a page does not go on after the last. */
    static List<ApiKey> all(ApiKeyStore store, Optional<OwnerId> owner, int limit) {
        var all = new ArrayList<ApiKey>();
        List<ApiKey> page = store.list(owner, Optional.empty(), limit);
        while (!page.isEmpty()) {
            all.addAll(page);
            ApiKeyId last = page.getLast().id();
            page = page.size() < limit ? List.of() : store.list(owner, Optional.of(last), limit);
            assertThat(page).as("the page after %s", last).allMatch(key -> key.id().compareTo(last) > 0);
        }
        return all;
    }
}
