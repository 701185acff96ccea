package dev.confab.adapter.web.document;

import dev.confab.domain.conversation.InvalidValue;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How a document is written.
 *
 * @param mediaType of the file
 * @param extension of its name
 */
public record DocumentFormat(String mediaType, String extension, Function<Writer, Document> opening) {
    public static final DocumentFormat MARKDOWN = new DocumentFormat("text/markdown;charset=UTF-8", ".md",
            MarkdownDocument::new);
    public static final DocumentFormat HTML = new DocumentFormat("text/html;charset=UTF-8", ".html", HtmlDocument::new);
    public static final DocumentFormat LINES = new DocumentFormat("application/jsonl;charset=UTF-8", ".jsonl",
            LinesDocument::new);

    private static final Map<String, DocumentFormat> BY_NAME = Map.of("markdown", MARKDOWN, "html", HTML, "jsonl",
            LINES);

    /** Markdown if none is named. Throws {@link InvalidValue} for a name of none. */
    static DocumentFormat named(Optional<String> name) {
        return name.map(asked -> Optional.ofNullable(BY_NAME.get(asked)).orElseThrow(
                () -> new InvalidValue("format", "must be " + String.join(" or ", new TreeSet<>(BY_NAME.keySet())))))
                .orElse(MARKDOWN);
    }

    /** A document that is written to {@code out}. */
    Document on(Writer out) {
        return opening.apply(out);
    }
}
