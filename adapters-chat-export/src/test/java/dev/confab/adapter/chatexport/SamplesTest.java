package dev.confab.adapter.chatexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.chatexport.ChatExportRejected.Parameter;
import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.chatexport.ExportedMessage;
import dev.confab.domain.chatexport.Refusal;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exports that other projects use in their tests, with what a person who reads them finds there. */
class SamplesTest {

    @Test
    void chatgpt_with_two_hidden_nodes_before_the_first_question() {
        Export export = Export.of(Bytes.sample("chatgpt/importer-gpt_example.json"));

        var chat = export.only();
        assertThat(export.format).isEqualTo("chatgpt");
        assertThat(chat.title()).contains(new Title("How photosynthesis works"));
        assertThat(chat.createdAt()).contains(Instant.parse("2025-06-21T20:24:42.970Z"));
        assertThat(chat.messages()).hasSize(10);
        assertThat(chat.messages().getFirst()).satisfies(first -> {
            assertThat(first.text()).isEqualTo("Can you explain how photosynthesis works in simple terms?");
            assertThat(first.createdAt()).contains(Instant.parse("2025-06-21T20:24:43.102Z"));
            assertThat(first.role()).isEqualTo(Role.USER);
            assertThat(first.parent()).isEmpty();
            assertThat(first.data().orElseThrow()).contains("preceding", "user_editable_context");
        });
        assertThat(chat.messages()).filteredOn(message -> message.role() == Role.ASSISTANT).hasSize(5)
                .allSatisfy(message -> assertThat(message.author().orElseThrow().name()).isEqualTo("gpt-4o"));
        assertThat(chat.kept()).hasSize(2).allSatisfy(
                kept -> assertThat(kept.with()).isEqualTo(chat.messages().getFirst().id()));
        assertThat(chat.current()).contains(chat.messages().getLast().id());
        assertThat(export.refused).isEmpty();
        assertThat(chat.refused()).isEmpty();
        assertThat(export.notes).containsExactly("members that were not taken over: default_model_slug (1),"
                + " is_do_not_remember (1), memory_scope (1)");
    }

    @Test
    void chatgpt_without_the_tree_of_messages_is_refused_with_its_place() {
        Export export = Export.of(Bytes.sample("chatgpt/importer-invalid_unicode.json"));

        assertThat(export.chats).isEmpty();
        assertThat(export.refused).containsExactly(new Refusal("importer-invalid_unicode.json#/0",
                "has no \"mapping\", where its messages should be"));
    }

    @Test
    void claude_with_85_conversations_of_which_most_texts_are_emptied() {
        Export export = Export.of(Bytes.sample("claude/importer-claude_example.json"));

        assertThat(export.format).isEqualTo("claude");
        assertThat(export.chats).hasSize(85);
        assertThat(export.messages()).isEqualTo(557);
        assertThat(export.chats).filteredOn(chat -> chat.messages().isEmpty()).hasSize(2);
        assertThat(export.chats.stream().flatMap(chat -> chat.messages().stream()).filter(
                message -> !message.text().isEmpty())).hasSize(10);
        assertThat(export.chats.getFirst().messages().getFirst().createdAt())
                .contains(Instant.parse("2024-03-13T14:48:44.500Z"));
        assertThat(export.refused).isEmpty();
        assertThat(export.chats).allSatisfy(chat -> assertThat(chat.refused()).isEmpty());
    }

    @Test
    void claude_with_thoughts() {
        Export export = Export.of(Bytes.sample("claude/importer-claude_thinking_example.json"));

        assertThat(export.lines()).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("2025-01-01T00:00:0"));
        assertThat(export.only().messages()).extracting(ExportedMessage::role).containsExactly(Role.USER,
                Role.ASSISTANT);
        assertThat(export.only().messages().getLast().data().orElseThrow()).contains("\"thinking\"");
    }

    @Test
    void grok() {
        Export export = Export.of(Bytes.sample("grok/importer-grok.json"));

        assertThat(export.format).isEqualTo("grok");
        assertThat(export.only().id()).isEqualTo("9592deb7-27bc-4359-abb5-0967736999e9");
        assertThat(export.lines()).hasSize(10);
        assertThat(export.lines().getFirst()).isEqualTo(
                "2025-06-21T19:28:21.194Z|USER|-|Can you explain how photosynthesis works in simple terms?");
    }

    @Test
    void open_web_ui_with_one_chat_alone() {
        Export export = Export.of(Bytes.sample("openwebui/importer-webui.json"));

        assertThat(export.format).isEqualTo("open-webui");
        assertThat(export.only().id()).isEqualTo("of-message:5ae90291-abf9-453f-9f7d-78f3753af40c");
        assertThat(export.only().messages()).hasSize(2);
        assertThat(export.lines().getLast()).startsWith(
                "2025-04-13T20:52:37Z|ASSISTANT|deepseek/deepseek-chat:free|The principle");
        assertThat(export.only().kept()).isEmpty();
    }

    @Test
    void sharegpt() {
        Export export = Export.of(Bytes.sample("sharegpt/fastchat-dummy-40.json"));

        assertThat(export.format).isEqualTo("sharegpt");
        assertThat(export.chats).hasSize(40);
        assertThat(export.messages()).isEqualTo(SHAREGPT_MESSAGES);
        assertThat(export.refused).isEmpty();
    }

    private static final int SHAREGPT_MESSAGES = 160;

    private static final List<String> CHAT_MINER = List.of(
            "2019-01-01T11:25:00Z|USER|John Doe|Lorem ipsum dolor sit amet.",
            "2019-01-20T11:23:00Z|USER|John Doe|.",
            "2019-01-30T20:49:00Z|USER|Jahn Doe|Lorem ipsum dolor sit amet,\nconsectetur adipiscing elit. Duis libero.",
            "2020-06-10T15:55:00Z|USER|John-John Doe|Lorem ipsum : dolor sit amet.",
            "2020-06-20T00:08:00Z|SYSTEM|-|+12 345 578 created group \"Groupname\"",
            "2020-06-30T09:10:00Z|SYSTEM|-|You were added",
            "2021-12-10T10:10:00Z|USER|John Doe 🤓|Lorem ipsum 🤓",
            "2021-12-20T12:10:00Z|USER|🤓|Lorem ipsum 🤓",
            "2021-12-30T22:01:00Z|USER|John Doe|Lorem ipsum dolor sit amet,\nconsectetur adipiscing elit. Duis libero.");

    @ParameterizedTest
    @ValueSource(strings = {"ddmmyy_24hrs", "mmddyy_24hrs", "mmddyyyy_12hrs", "yyyymmdd_24hrs"})
    void whatsapp_in_four_forms_of_dates(String form) {
        Export export = Export.inUtc(Bytes.sample("whatsapp/chat-miner-test_" + form + ".txt"));

        assertThat(export.format).isEqualTo("whatsapp");
        assertThat(export.lines()).containsExactlyElementsOf(CHAT_MINER);
        assertThat(export.refused).isEmpty();
    }

    @Test
    void whatsapp_of_ios_with_headers_inside_of_messages() {
        Export export = Export.inUtc(Bytes.sample("whatsapp/chatistics-chat.txt"));

        assertThat(export.lines()).hasSize(21);
        assertThat(export.lines().get(2)).isEqualTo("2018-01-04T11:54:23Z|SYSTEM|-|This is an info entry");
        assertThat(export.lines().get(3)).isEqualTo(
                "2018-01-04T11:54:34Z|USER|John Doe|This is a test answer from John Doe");
        assertThat(export.lines().get(17))
                .endsWith("\n[1.2.2019, 00:00:00] John Doe: this line is not a message on its own");
        assertThat(export.lines().get(19)).isEqualTo("2019-02-01T14:20:03Z|USER|John Doe|What is that?"
                + "\n2/11/19, 14:48 Alice Placeholder: this is a message from another chat!");
        assertThat(export.notes).anyMatch(note -> note.contains("looks like the beginning of a message"));
    }

    @Test
    void whatsapp_with_days_and_months_of_one_digit() {
        Export export = Export.inUtc(Bytes.sample("whatsapp/chatistics-chat2.txt"));

        assertThat(export.lines()).hasSize(4);
        assertThat(export.lines().getFirst()).isEqualTo("2019-09-17T16:37:47Z|USER|Peter Doe|This is a message from"
                + " Peter Doe\n[1.9.19, 00:00:00] Peter Doe: this is the second line of the first message");
        assertThat(export.lines().getLast()).startsWith("2019-09-17T16:39:52Z|USER|John Doe|This is the last");
    }

    @Test
    void whatsapp_whose_dates_nobody_can_read_is_asked_about() {
        Bytes file = Bytes.sample("whatsapp/chatistics-chat3.txt");

        assertThatThrownBy(() -> Export.inUtc(file)).isInstanceOfSatisfying(ChatExportRejected.class,
                asked -> assertThat(asked.parameter()).contains(Parameter.DATE_ORDER))
                .hasMessageContaining("DMY, MDY or YMD");

        Export export = Export.of(file, Export.options("UTC", Optional.of(DateOrder.MDY)));
        assertThat(export.lines()).hasSize(11);
        assertThat(export.lines().get(0)).startsWith("2019-02-11T14:18:00Z|SYSTEM|-|Messages to this chat");
        assertThat(export.lines().get(4)).isEqualTo(
                "2019-02-11T14:21:00Z|USER|The final test|Does it work with colons?: Hallelujah!");
        assertThat(export.lines().get(9)).isEqualTo("2019-02-11T14:48:00Z|USER|John Doe|\n\n\n\n\n👍👍👍👍👍👍!");
        assertThat(export.lines().get(10)).endsWith("\n\n\n2/11/19: Arrival\n12/12/19: Departure");
    }
}
