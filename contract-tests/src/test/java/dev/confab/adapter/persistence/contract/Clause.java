package dev.confab.adapter.persistence.contract;

import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.port.WebhookStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A clause of the contract, as the Javadoc of its port states it: of {@link ConversationStore}, about API keys of {@link ApiKeyStore},
 * about webhooks of {@link WebhookStore}, about import jobs of {@link ImportJobStore}, about erasures of {@link OwnerEraser}, about usages of {@link UsageReader}, about moving a store
 * of {@link StoredConversations}. The clauses are listed nowhere else.
 *
 * @param id S1, S2, …, K1, …, W1, …, J1, …, E1, …, U1, …, M1, …
 * @param title a few words
 * @param summary the first sentence, in Markdown
 */
public record Clause(String id, String title, String summary) {
    private static final Pattern LIST_ITEM = Pattern
            .compile("<li><b>([SKWJEUM]\\d+) ([^<]*)</b>: (.*?)(?= <li>| </ul>)");

    /** All clauses, in order. */
    public static List<Clause> all() {
        return Stream.of(ConversationStore.class, ApiKeyStore.class, WebhookStore.class, ImportJobStore.class,
                OwnerEraser.class,
                UsageReader.class, StoredConversations.class)
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
