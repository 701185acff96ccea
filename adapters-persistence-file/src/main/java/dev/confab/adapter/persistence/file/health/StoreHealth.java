package dev.confab.adapter.persistence.file.health;

import dev.confab.domain.conversation.ConversationId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of the file store.
 *
 * @param failure why nothing can be written any more; empty while the store has not stopped
 * @param fatal the thread of the store that died, and its Error; then {@code failure} has it too, and Confab must be restarted
 * @param problems the parts that do not work now, and may work again
 * @param damaged conversations that cannot be read
 * @param conversations how many there are: live, deleted and damaged
 * @param journalBytes in the journal that no checkpoint covers
 * @param indexing how far the search index is built; empty when it is complete or has failed
 */
public record StoreHealth(Optional<String> failure, Optional<String> fatal, Map<Part, Problem> problems,
        List<ConversationId> damaged, int conversations, long journalBytes,
        Optional<IndexProgress> indexing) {
}
