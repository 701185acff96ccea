package dev.confab.adapter.chatexport.format;

import java.util.Optional;

/** Links messages that do not name their parents: each follows the one before it in the file. */
public final class Chain {
    private Optional<String> last = Optional.empty();

    /** The parent of the next message in the file: the one that it names, or the last one. */
    public Optional<String> parent(String id, Optional<String> named) {
        Optional<String> parent = named.or(() -> last.filter(previous -> !previous.equals(id)));
        last = Optional.of(id);
        return parent;
    }
}
