package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.EventClient.Event;
import dev.confab.application.Conversations;
import dev.confab.application.Messages;
import dev.confab.application.Messages.NewMessage;
import dev.confab.application.RequestedId;
import dev.confab.application.Sessions;
import dev.confab.application.Turns;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The caller is one owner; what another owner has in the same store must stay hidden from the caller. */
class OwnersTest extends WebTest {
    private static final OwnerId OTHER = new OwnerId("other");

    @Autowired
    Conversations conversations;

    @Autowired
    Messages messages;

    @Autowired
    Sessions sessions;

    @Autowired
    Turns turns;

    @Test
    void the_owners_stream_does_not_tell_of_another_owners_conversation() throws Exception {
        try (var client = new EventClient(uri("/api/v1/events"))) {
            assertThat(client.next().event()).isEqualTo(":");

            Conversation foreign = foreignConversation("secret");
            String own = conversation("{}");
            var received = new ArrayList<String>();
            received.add(client.nextEvent().data());
            patch(own, "{\"title\":\"last\"}").expect(200);
            Event event = client.nextEvent();
            while (!event.data().contains("\"version\":2")) {
                received.add(event.data());
                event = client.nextEvent();
            }

            assertThat(received).allSatisfy(data -> assertThat(data).contains(own.substring("/conversations/".length()))
                    .doesNotContain(foreign.id().toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/messages", "/changes?since=0", "/events", "/export", "/turns", "/statistics",
            "/document"})
    void another_owners_conversation_cannot_be_read(String part) {
        get("/conversations/" + foreignConversation("a").id() + part).expectProblem(404, "conversation-not-found");
    }

    @Test
    void another_owners_conversation_cannot_be_changed() {
        Conversation foreign = foreignConversation("a");
        String path = "/conversations/" + foreign.id();
        String message = UUID.randomUUID().toString();

        post(path + "/messages", draft("a")).expectProblem(404, "conversation-not-found");
        post(path + "/messages/batch", "{\"messages\":[" + draft("a") + "]}").expectProblem(404,
                "conversation-not-found");
        patch(path + "/messages/" + message, "{}").expectProblem(404, "conversation-not-found");
        post(path + "/truncate", "{\"afterMessageId\":\"" + message + "\"}").expectProblem(404,
                "conversation-not-found");
        post(path + "/clear", "").expectProblem(404, "conversation-not-found");
        post(path + "/fork", "{\"messageId\":\"" + message + "\"}").expectProblem(404, "conversation-not-found");
        post(path + "/restore", "").expectProblem(404, "conversation-not-found");
        post("/sessions", "{\"conversationId\":\"" + foreign.id() + "\"}").expectProblem(404, "conversation-not-found");
        patch(path, "{}").expectProblem(404, "conversation-not-found");
        delete(path).expectProblem(404, "conversation-not-found");
        delete(path + "?purge=true").expectProblem(404, "conversation-not-found");
        assertThat(conversations.get(OTHER, foreign.id())).isEqualTo(foreign);
    }

    @Test
    void another_owners_conversations_are_neither_listed_nor_found() {
        String word = "w" + UUID.randomUUID().toString().replace("-", "");
        Conversation foreign = foreignConversation(word);
        messages.append(OTHER, foreign.id(), new NewMessage(new RequestedId.Unnamed(), Role.USER, word,
                Optional.empty(), Metadata.EMPTY), new Precondition.None());
        conversation("{\"title\":\"" + word + "\"}");

        assertThat(get("/conversations?limit=100").expect(200).body()).doesNotContain(foreign.id().toString());
        assertThat(get("/search?q=" + word).expect(200).json().get("items")).hasSize(1);
        assertThat(get("/search?q=" + word + "&conversationId=" + foreign.id()).expect(200).json().get("items"))
                .isEmpty();
    }

    @Test
    void another_owners_session_and_turn_are_not_there() {
        Session foreign = sessions.create(OTHER, new Sessions.Creation(new RequestedId.Unnamed(), Optional.empty(),
                Optional.empty(), Session.Settings.NONE)).value().session();
        var turn = turns.start(OTHER, foreign.id(), new Turns.Start.Prompt(new RequestedId.Unnamed(),
                new RequestedId.Unnamed(), "hello")).value();
        String path = "/sessions/" + foreign.id();

        get(path).expectProblem(404, "session-not-found");
        patch(path, "{}").expectProblem(404, "session-not-found");
        post(path + "/turns", "{\"text\":\"a\"}").expectProblem(404, "session-not-found");
        delete(path).expectProblem(404, "session-not-found");
        assertThat(get("/sessions?limit=100").expect(200).body()).doesNotContain(foreign.id().toString());
        for (String part : List.of("", "/events")) {
            get("/turns/" + turn.id() + part).expectProblem(404, "turn-not-found");
        }
        post("/turns/" + turn.id() + "/cancel", "").expectProblem(404, "turn-not-found");
    }

    private Conversation foreignConversation(String title) {
        return conversations.create(OTHER, new Conversations.Creation(new RequestedId.Unnamed(),
                Optional.of(new Title(title)), Metadata.EMPTY, List.of())).value();
    }
}
