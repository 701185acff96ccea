package dev.confab.adapter.web.document;

import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.adapter.web.ui.markdown.Markdown;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.HtmlUtils;

/**
 * A page that needs no other file, for a screen and for paper. It has no script, and forbids every script and every other file, so what
 * got past the sanitizer could do nothing.
 */
final class HtmlDocument extends Document {
    /** In characters. A longer text is not rendered, but shown as it was written. */
    private static final int LONGEST_RENDERED = 40_000;
    private static final String STYLE = """
            :root { color-scheme: light dark; font: 16px/1.6 system-ui, "Noto Sans", sans-serif; }
            body { max-width: 46rem; margin: 0 auto; padding: 1.5rem; overflow-wrap: anywhere; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1rem; margin: 1.6rem 0 .3rem; border-top: 1px solid; padding-top: .5rem; }
            time { font-weight: 400; font-size: .85rem; margin-inline-start: .6rem; }
            pre { white-space: pre-wrap; border: 1px solid; padding: .5rem; font-size: .85rem; }
            table { border-collapse: collapse; } td, th { border: 1px solid; padding: .1rem .5rem; }
            @media print { body { padding: 0; max-width: none; } h2 { break-after: avoid; } }
            """;
    private int messages;

    HtmlDocument(Writer out) {
        super(out);
    }

    @Override
    public void conversation(Conversation head) {
        String title = escaped(title(head));
        write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>", title,
                "</title>\n<style>\n", STYLE, "</style>\n</head>\n<body>\n<h1><bdi>", title, "</bdi></h1>\n<main>\n");
    }

    @Override
    public void message(Message message) {
        messages++;
        String time = ResponseJson.time(message.createdAt());
        write("<article>\n<h2><bdi>", escaped(who(message)), "</bdi><time datetime=\"", time, "\">", time,
                "</time></h2>\n<div dir=\"auto\">");
        if (message.isRemoved()) {
            write("<p><em>This message was removed.</em></p>");
        } else if (message.role() == Role.TOOL || message.text().length() > LONGEST_RENDERED) {
            write("<pre>", escaped(message.text()), "</pre>");
        } else {
            write(Markdown.html(message.text()));
        }
        write("</div>\n");
        message.data().ifPresent(
                data -> write("<details><summary>Data</summary><pre>", escaped(data), "</pre></details>\n"));
        write("</article>\n");
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }

    @Override
    void finish() {
        write("</main>\n<footer><p>Messages: " + messages + "</p></footer>\n</body>\n</html>\n");
    }
}
