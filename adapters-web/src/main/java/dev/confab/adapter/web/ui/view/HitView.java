package dev.confab.adapter.web.ui.view;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.Snippet;
import java.util.ArrayList;
import java.util.List;

/**
 * A hit of a search.
 *
 * @param message the id of the message; empty if the title is the hit
 * @param others how many other conversations have the same message
 */
public record HitView(String conversation, String title, String message, String who, String createdAt,
        List<Part> parts, int others) {

    /** A piece of the snippet: either all of it matches the query, or none of it. */
    public record Part(String text, boolean isMatch) {
    }

    public static HitView of(SearchHit hit) {
        return new HitView(hit.conversation().toString(), hit.title().map(Title::value).orElse("Untitled"),
                hit.message().map(Message::id).map(MessageId::toString).orElse(""),
                hit.message().map(message -> MessageView.of(message).who()).orElse("Title"),
                hit.createdAt().toString(), parts(hit.snippet()), hit.otherConversations());
    }

    private static List<Part> parts(Snippet snippet) {
        var parts = new ArrayList<Part>();
        int end = 0;
        for (Snippet.Match match : snippet.matches()) {
            if (match.start() > end) {
                parts.add(new Part(snippet.text().substring(end, match.start()), false));
            }
            parts.add(new Part(snippet.text().substring(match.start(), match.end()), true));
            end = match.end();
        }
        parts.add(new Part(snippet.text().substring(end), false));
        return List.copyOf(parts);
    }
}
