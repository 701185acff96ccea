package dev.confab.adapter.persistence.contract;

import dev.confab.domain.port.ConversationStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A clause of the contract, as the Javadoc of {@link ConversationStore} states it. That Javadoc is the only place where the
 * clauses are listed.
 *
 * @param id S1, S2, …
 * @param title a few words
 * @param summary the first sentence, in Markdown
 */
public record Clause(String id, String title, String summary) {
    private static final Path PORT = Path.of("..", "domain/src/main/java",
            ConversationStore.class.getName().replace('.', '/') + ".java");
    private static final Pattern LIST_ITEM = Pattern.compile("<li><b>(S\\d+) ([^<]*)</b>: (.*?)(?= <li>| </ul>)");

    /** All clauses, in order. */
    public static List<Clause> all() {
        try {
            String text = Files.readString(PORT).replaceAll("\\s*\\n \\* ?", " ");
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
