package dev.confab.adapter.persistence.contract;

import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.StoredConversations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A clause of the contract, as the Javadoc of {@link ConversationStore} or, about API keys, of {@link ApiKeyStore} or, about moving a
 * store, of {@link StoredConversations} states it. The clauses are listed nowhere else.
 *
 * @param id S1, S2, …, K1, K2, …, M1, M2, …
 * @param title a few words
 * @param summary the first sentence, in Markdown
 */
public record Clause(String id, String title, String summary) {
    private static final Pattern LIST_ITEM = Pattern.compile("<li><b>([SKM]\\d+) ([^<]*)</b>: (.*?)(?= <li>| </ul>)");

    /** All clauses, in order. */
    public static List<Clause> all() {
        return Stream.of(ConversationStore.class, ApiKeyStore.class, StoredConversations.class)
                .flatMap(port -> of(port).stream()).toList();
    }

    private static List<Clause> of(Class<?> port) {
        try {
            Path source = Path.of("..", "domain/src/main/java", port.getName().replace('.', '/') + ".java");
            String text = Files.readString(source).replaceAll("\\s*\\n \\* ?", " ");
            return LIST_ITEM.matcher(text).results()
                    .map(item -> new Clause(item.group(1), item.group(2), firstSentence(item.group(3)))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstSentence(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|link|linkplain) #?([^}]*)}", "`$1`").replaceAll("\\. .*$", ".").strip();
    }
}
