package dev.confab.adapter.assistant.openai;

import dev.confab.domain.conversation.Message.Author;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an endpoint is told who wrote a text: in the member {@code name} of the message if the author fits it, else before the text, as
 * {@code Jörg: Good morning}. Endpoints reject a request with any other name.
 *
 * @param name empty when the content says it, or nobody is named
 */
public record Attribution(Optional<String> name, String content) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    public static Attribution of(Optional<Author> author, String text) {
        Optional<String> name = author.map(Author::name);
        return name.filter(each -> !isName(each)).map(each -> new Attribution(Optional.empty(), each + ": " + text))
                .orElseGet(() -> new Attribution(name, text));
    }

    /** Whether an endpoint accepts it as the name of an author or a tool. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
