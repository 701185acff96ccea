package dev.confab.adapter.webhook;

import dev.confab.domain.webhook.WebhookEvent;
import dev.confab.domain.webhook.WebhookEvent.ConversationGone;
import dev.confab.domain.webhook.WebhookEvent.ConversationReached;
import dev.confab.domain.webhook.WebhookEvent.Trial;
import dev.confab.domain.webhook.WebhookEvent.TurnReached;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The body of a request to a webhook: {@code type}, {@code timestamp} and {@code data}. */
final class EventJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private EventJson() {
    }

    static byte[] bytes(WebhookEvent event) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("type", event.type().code());
        json.put("timestamp", event.at().toString());
        ObjectNode data = json.putObject("data");
        switch (event) {
            case ConversationReached reached -> {
                data.put("conversationId", reached.conversation().toString());
                data.put("version", reached.version());
                data.put("previousVersion", reached.previousVersion());
            }
            case ConversationGone gone -> data.put("conversationId", gone.conversation().toString());
            case TurnReached reached -> {
                data.put("conversationId", reached.conversation().toString());
                data.put("sessionId", reached.turn().sessionId().toString());
                data.put("turnId", reached.turn().id().toString());
            }
            case Trial trial -> data.put("webhookId", trial.webhook().toString());
        }
        return MAPPER.writeValueAsBytes(json);
    }
}
