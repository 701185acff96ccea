package dev.confab.bootstrap.reading;

import dev.confab.adapter.web.search.SearchHitJson;
import dev.confab.bootstrap.terminal.PrintableText;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Help.Ansi;

/**
 * A search hit for a person: where it is, and its words in bold.
 *
 * @param ansi whether the words are marked
 */
record HitText(Ansi ansi) {

    String of(SearchHitJson hit) {
        String place = hit.position() == null
                ? "title"
                : "#" + hit.position() + "  " + Objects.requireNonNullElse(hit.role(), "");
        String others = hit.otherConversations() == 0 ? "" : "  (and " + hit.otherConversations() + " more)";
        return PrintableText.inline(hit.conversationId() + "  " + place + "  " + hit.createdAt()
                + (hit.title() == null ? "" : "  " + hit.title()) + others) + System.lineSeparator() + "    "
                + marked(hit);
    }

    /** The parts of the snippet are made printable one by one: that may change their length, and so the places of the words. */
    private String marked(SearchHitJson hit) {
        String snippet = hit.snippet();
        var text = new StringBuilder();
        int done = 0;
        for (List<Integer> match : hit.matches()) {
            text.append(PrintableText.flowing(snippet.substring(done, match.getFirst())));
            text.append(bold(PrintableText.flowing(snippet.substring(match.getFirst(), match.getLast()))));
            done = match.getLast();
        }
        return text.append(PrintableText.flowing(snippet.substring(done))).toString();
    }

    private String bold(String word) {
        return ansi.enabled() ? Style.bold.on() + word + Style.reset.off() : word;
    }
}
