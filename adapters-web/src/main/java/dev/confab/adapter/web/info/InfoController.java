package dev.confab.adapter.web.info;

import dev.confab.adapter.web.json.RequestBodies;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.application.Messages;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The running version, its store and its limits. */
@RestController
final class InfoController {
    private final WebSettings settings;

    InfoController(WebSettings settings) {
        this.settings = settings;
    }

    /** @param store the name of the store in use */
    record InfoJson(String version, String store, LimitsJson limits) {
    }

    /** Sizes in bytes of UTF-8, the title in code points. */
    record LimitsJson(int textBytes, int dataBytes, int titleCodePoints, int metadataPairs, int bodyBytes,
            long importBytes, int batchMessages, int conversationsPage, int messagesPage, int instructionsBytes,
            int contextBytes, int sessionsPage, int sessionsPerConversation, int turnsKept, int queuedTurns,
            int toolRounds) {
    }

    @GetMapping(path = ApiPaths.API + "/info", produces = MediaType.APPLICATION_JSON_VALUE)
    InfoJson info() {
        return new InfoJson(settings.version(), settings.store(), new LimitsJson(Message.MAX_TEXT_BYTES,
                Message.MAX_DATA_BYTES, Title.MAX_CODE_POINTS, Metadata.MAX_PAIRS, RequestBodies.MAX_BYTES,
                settings.maxImportBytes(), Messages.MAX_BATCH, ListQuery.MAX_LIMIT, Window.MAX_LIMIT,
                Session.MAX_INSTRUCTIONS_BYTES, ContextVariables.MAX_BYTES, SessionQuery.MAX_LIMIT,
                Activity.MAX_SESSIONS,
                Activity.MAX_TURNS, Activity.MAX_QUEUED, Turn.MAX_ROUNDS));
    }
}
