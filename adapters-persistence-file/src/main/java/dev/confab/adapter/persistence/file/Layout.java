package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import java.nio.file.Path;
import java.util.Optional;

/** Where everything stands in the data directory. */
record Layout(Path root) {
    static final String CORRUPT = ".corrupt";
    static final String UNFINISHED = ".tmp";
    private static final int ID_LENGTH = 36;

    Path lock() {
        return root.resolve("confab.lock");
    }

    Path format() {
        return root.resolve("format");
    }

    Path journal() {
        return root.resolve("journal");
    }

    Path segment(long number) {
        return journal().resolve("%08d.jsonl".formatted(number));
    }

    Path conversations() {
        return root.resolve("conversations");
    }

    Path head(ConversationId id) {
        return conversations().resolve(id + ".json");
    }

    Path messages(ConversationId id, int generation) {
        return conversations().resolve(id + "." + generation + ".jsonl");
    }

    Path index() {
        return root.resolve("index");
    }

    Path quarantine() {
        return root.resolve("quarantine");
    }

    static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    /** The conversation whose file this is, by its name. */
    static Optional<ConversationId> conversationOf(String name) {
        if (name.length() <= ID_LENGTH || name.charAt(ID_LENGTH) != '.') {
            return Optional.empty();
        }
        try {
            return Optional.of(ConversationId.parse(name.substring(0, ID_LENGTH)));
        } catch (InvalidValue notAnId) {
            return Optional.empty();
        }
    }
}
