package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.json.JsonBody;
import dev.confab.adapter.web.ui.UiPaths;
import dev.confab.adapter.web.ui.markdown.Markdown;
import dev.confab.application.Conversations;
import dev.confab.application.RequestedId;
import dev.confab.application.Sessions;
import dev.confab.application.Turns;
import dev.confab.application.Turns.IfBusy;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.TurnId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends what a person has written. The browser chooses all ids before it sends, and keeps them with the text until it knows that the text
 * is stored. So a send that is repeated, after a lost answer or a reload, stores nothing twice: each step here recognises its repetition.
 */
@RestController
final class SendController {
    /** An event in the page: the text is stored, and the page has something new to show. */
    private static final String SENT = "confab:sent, confab:changed";
    private static final int TITLE_LENGTH = 60;

    private final Conversations conversations;
    private final Sessions sessions;
    private final Turns turns;
    private final PageSessions pageSessions;

    SendController(Conversations conversations, Sessions sessions, Turns turns, PageSessions pageSessions) {
        this.conversations = conversations;
        this.sessions = sessions;
        this.turns = turns;
        this.pageSessions = pageSessions;
    }

    /**
     * The first message of a conversation.
     *
     * @param conversation the id of the conversation, or what that of a temporary one is made from
     * @param id of the turn that answers
     * @param hours how long a temporary conversation lives; absent for one that stays
     */
    record NewChat(ConversationId conversation, TurnId id, String text, Optional<Integer> hours,
            Optional<String> instructions, Optional<String> model) {
        NewChat {
            requireText(text);
        }

        Settings settings() {
            return new Settings(Optional.empty(), filled(instructions), filled(model), Optional.empty(),
                    Settings.NONE.context());
        }
    }

    /** A message in a conversation, or with {@code regenerate} the last prompt once more. */
    record NewTurn(TurnId id, Optional<String> text, Optional<Boolean> regenerate, Optional<IfBusy> ifBusy) {
        NewTurn {
            if (!regenerate.orElse(false)) {
                requireText(text.orElse(""));
            }
        }
    }

    @PostMapping(UiPaths.CHAT)
    ResponseEntity<Void> start(OwnerId owner, @JsonBody NewChat body) {
        Title title = title(body.text());
        RequestedId session = new RequestedId.Keyed("page " + body.conversation());
        ConversationId conversation;
        SessionId begun;
        if (body.hours().isPresent()) {
            var view = sessions.create(owner, new Sessions.Creation(session, Optional.empty(),
                    body.hours().map(Duration::ofHours), body.settings())).value();
            begun = view.session().id();
            conversation = view.session().conversationId();
            conversations.change(owner, conversation,
                    new Conversations.Change(old -> Optional.of(old.orElse(title)), old -> old),
                    new Precondition.None());
        } else {
            conversation = conversations.create(owner, new Conversations.Creation(
                    new RequestedId.Given(body.conversation().value()), Optional.of(title), Metadata.EMPTY, List.of()))
                    .value().id();
            begun = sessions.create(owner, new Sessions.Creation(session, Optional.of(conversation), Optional.empty(),
                    body.settings())).value().session().id();
        }
        turns.start(owner, begun, prompt(body.id(), body.text()), IfBusy.QUEUE);
        return ResponseEntity.noContent().header("HX-Trigger", "confab:sent")
                .header("HX-Redirect", UiPaths.CHAT + "/" + conversation).build();
    }

    @PostMapping(UiPaths.CONVERSATION + "/turns")
    ResponseEntity<Void> send(OwnerId owner, @PathVariable ConversationId conversationId, @JsonBody NewTurn body) {
        SessionId session = pageSessions.of(owner, conversationId);
        boolean again = body.regenerate().orElse(false);
        turns.start(owner, session, again
                ? new Turns.Start.Regeneration(new RequestedId.Given(body.id().value()))
                : prompt(body.id(), body.text().orElseThrow()), body.ifBusy().orElse(IfBusy.REJECT));
        return ResponseEntity.noContent().header("HX-Trigger", again ? "confab:changed" : SENT)
                .header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private static Turns.Start prompt(TurnId id, String text) {
        return new Turns.Start.Prompt(new RequestedId.Given(id.value()), new RequestedId.Unnamed(), text);
    }

    private static void requireText(String text) {
        if (text.isBlank()) {
            throw new InvalidValue("text", "is empty");
        }
        Message.requireText(text);
    }

    private static Optional<String> filled(Optional<String> field) {
        return field.filter(text -> !text.isBlank());
    }

    /** The beginning of the first line, cut at a space where there is one. */
    static Title title(String text) {
        String line = Markdown.plain(text).strip().lines().findFirst().or(() -> text.strip().lines().findFirst())
                .orElseThrow().strip();
        if (line.codePointCount(0, line.length()) <= TITLE_LENGTH) {
            return new Title(line);
        }
        String cut = line.substring(0, line.offsetByCodePoints(0, TITLE_LENGTH));
        int space = cut.lastIndexOf(' ');
        return new Title((space > TITLE_LENGTH / 2 ? cut.substring(0, space) : cut) + "…");
    }
}
