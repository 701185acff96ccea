package dev.confab.adapter.chatexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.chatexport.ChatExportRejected.Parameter;
import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.chatexport.ExportedMessage;
import dev.confab.domain.chatexport.ReadingOptions;
import dev.confab.domain.chatexport.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What formats have that no sample shows, in small files written by hand. */
class FormatsTest {

    private static Export read(String json) {
        return Export.of(Bytes.text("export.json", json));
    }

    /** A conversation of ChatGPT with these nodes, each {@code id>parent:role:text}; a text in brackets is hidden. */
    private static String chatGpt(String id, String current, String... nodes) {
        String mapping = List.of(nodes).stream().map(node -> {
            String[] parts = node.split("[>:]", 4);
            return """
                    "%s":{"id":"%s","parent":"%s","message":{"id":"%s","author":{"role":"%s"},"create_time":1700000000.5,
                    "content":{"content_type":"text","parts":["%s"]},"metadata":{"is_visually_hidden_from_conversation":%s}}}"""
                    .formatted(parts[0], parts[0], parts[1], parts[0], parts[2], parts[3], parts[3].startsWith("["));
        }).collect(Collectors.joining(","));
        return "{\"conversation_id\":\"" + id + "\",\"title\":null,\"create_time\":1699999999,\"current_node\":\""
                + current
                + "\",\"mapping\":{" + mapping + "}}";
    }

    private static List<String> tree(ExportedChat chat) {
        return chat.messages().stream().map(message -> message.parent().orElse("") + ">" + message.id()).toList();
    }

    @Test
    void chatgpt_is_a_tree_in_which_hidden_nodes_only_link() {
        var chat = read("[" + chatGpt("c", "d2", "a>root:user:Hi", "h>a:system:[secret]", "b1>h:assistant:one",
                "b2>h:assistant:two", "c2>b2:user:more", "d2>c2:tool:[result]") + "]").only();

        assertThat(tree(chat)).containsExactly(">a", "a>b1", "a>b2", "b2>c2");
        assertThat(chat.current()).contains("c2");
        assertThat(chat.kept()).extracting(ExportedChat.Kept::with).containsExactly("b1", "c2");
        assertThat(chat.messages().get(1).data().orElseThrow()).contains("preceding", "[secret]");
        assertThat(chat.messages().get(3).data().orElseThrow()).contains("following", "[result]");
    }

    @Test
    void a_hidden_node_beside_all_messages_is_kept_with_the_first_one() {
        var chat = read("[" + chatGpt("c", "a", "h>root:system:[secret]", "a>gone:user:Hi") + "]").only();

        assertThat(chat.kept()).extracting(ExportedChat.Kept::with).containsExactly("a");
        assertThat(chat.messages().getFirst().data().orElseThrow()).contains("preceding", "[secret]");
    }

    @Test
    void chatgpt_without_parents_is_linked_by_children_and_a_circle_is_cut() {
        var chat = read(
                """
                        [{"id":"c","mapping":{"a":{"children":["b"],"message":{"author":{"role":"user"},"content":{"parts":["1"]}}},
                        "b":{"message":{"author":{"role":"assistant"},"content":{"parts":["2"]}}}}}]""")
                .only();
        assertThat(tree(chat)).containsExactly(">a", "a>b");

        Export circle = read("[" + chatGpt("c", "a", "a>b:user:1", "b>a:assistant:2") + "]");
        assertThat(tree(circle.only())).containsExactly(">b", "b>a");
        assertThat(circle.notes).anyMatch(note -> note.contains("circle"));
    }

    @Test
    void marks_of_citations_leave_the_text_and_stay_in_the_data() {
        var message = read(
                "[" + chatGpt("c", "a", "a>root:assistant:So it is\uE200cite\uE202turn0search1\uE201.") + "]")
                .only().messages().getFirst();

        assertThat(message.text()).isEqualTo("So it is.");
        assertThat(message.data().orElseThrow()).contains("turn0search1");
    }

    @Test
    void chatgpt_in_several_entries_with_names_of_its_files() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("conversation_asset_file_names.json", "{\"file-1.dat\":\"holiday.png\"}");
        entries.put("conversations-001.json", "[" + chatGpt("second", "a", "a>root:user:2") + "]");
        entries.put("conversations-000.json", "[" + chatGpt("first", "a", "a>root:user:1") + ","
                + """
                        {"id":"image","mapping":{"a":{"message":{"author":{"role":"user"},"content":{"content_type":"multimodal_text","parts":[
                        {"content_type":"image_asset_pointer","asset_pointer":"file-service://file-1"},"see"]}}}}}]""");
        entries.put("user.json", "{\"id\":\"user-1\"}");

        Export export = Export.of(Bytes.zip("export.zip", entries));

        assertThat(export.chats).extracting(ExportedChat::id).containsExactly("first", "image", "second");
        assertThat(export.chats.get(1).messages().getFirst().data().orElseThrow()).contains("holiday.png");
        assertThat(export.chats.get(1).messages().getFirst().text()).isEqualTo("see");
    }

    @Test
    void what_cannot_be_read_is_refused_with_its_place_and_the_rest_is_read() {
        Export export = read(
                "[" + chatGpt("one", "b", "a>root:user:1", "b>a:robot:2", "c>b:user:3") + ",17,{\"id\":\"two\"},"
                        + chatGpt("three", "a", "a>root:user:1") + "]");

        assertThat(export.chats).extracting(ExportedChat::id).containsExactly("one", "three");
        assertThat(export.refused).containsExactly(new Refusal("export.json#/1", "is not a JSON object"),
                new Refusal("export.json#/2", "has no \"mapping\", where its messages should be"));
        assertThat(export.chats.getFirst().refused()).containsExactly(new Refusal("export.json#/0/mapping/b",
                "has the role robot, which must be user, assistant, system or tool"));
        assertThat(tree(export.chats.getFirst())).containsExactly(">a", "a>c");
    }

    @Test
    void a_file_that_ends_early_is_read_up_to_there() {
        String json = "[" + chatGpt("one", "a", "a>root:user:1") + "," + chatGpt("two", "a", "a>root:user:1") + "]";

        Export export = read(json.substring(0, json.length() - 20));

        assertThat(export.chats).extracting(ExportedChat::id).containsExactly("one");
        assertThat(export.refused).singleElement().satisfies(refusal -> {
            assertThat(refusal.place()).startsWith("export.json:");
            assertThat(refusal.reason()).startsWith("is not valid JSON from here on");
        });
    }

    @Test
    void characters_that_no_store_keeps_are_replaced_and_counted() {
        Export export = read("[" + chatGpt("c", "a", "a>root:user:x\\u0000y\\ud800z") + "]");

        assertThat(export.only().messages().getFirst().text()).isEqualTo("x\uFFFDy\uFFFDz");
        assertThat(export.notes).anyMatch(note -> note.startsWith("2 characters"));
    }

    @Test
    void claude_is_a_tree_where_messages_name_their_parents() {
        var chat = read(
                """
                        [{"uuid":"c","name":"","created_at":"2025-01-01T00:00:00Z","current_leaf_message_uuid":"b","chat_messages":[
                        {"uuid":"a","parent_message_uuid":"00000000-0000-4000-8000-000000000000","sender":"human","text":"1","content":[]},
                        {"uuid":"x","parent_message_uuid":"a","sender":"assistant","text":"","content":[{"type":"tool_use","name":"t"},{"type":"text","text":"2"}]},
                        {"uuid":"b","parent_message_uuid":"a","sender":"assistant","text":"3","attachments":[{"file_name":"f.txt","extracted_content":"..."}]}]}]""")
                .only();

        assertThat(tree(chat)).containsExactly(">a", "a>x", "a>b");
        assertThat(chat.current()).contains("b");
        assertThat(chat.title()).isEmpty();
        assertThat(chat.messages().get(1).text()).isEqualTo("2");
        assertThat(chat.messages().get(1).data().orElseThrow()).contains("tool_use");
        assertThat(chat.messages().get(2).data().orElseThrow()).contains("f.txt");
    }

    @Test
    void librechat_is_nested_or_flat() {
        Export nested = Export.of(Bytes.text("c.json", Seeds.LIBRECHAT));
        assertThat(nested.format).isEqualTo("librechat");
        assertThat(tree(nested.only())).containsExactly(">m1", "m1>m2", "m1>m3");
        assertThat(nested.lines()).containsExactly("2024-05-01T10:00:00.123Z|USER|-|Hi",
                "2024-05-01T10:00:01Z|ASSISTANT|gpt-4|Hello", "-|ASSISTANT|GPT|Good day");
        assertThat(nested.only().messages().getLast().data().orElseThrow()).contains("\"think\":\"hm\"");

        Export flat = read(
                """
                        {"conversationId":"c","messages":[{"messageId":"a","parentMessageId":"0","text":"1","isCreatedByUser":true},
                        {"messageId":"b","parentMessageId":"a","text":"2","sender":"Bot"},{"text":"3"}]}""");
        assertThat(tree(flat.only())).containsExactly(">a", "a>b");
        assertThat(flat.only().refused())
                .containsExactly(new Refusal("export.json#/messages message 3", "has no messageId"));
    }

    @Test
    void a_long_chat_may_be_nested_message_in_message() {
        int depth = 5_000;
        String json = "{\"conversationId\":\"c\",\"messagesTree\":" + IntStream.range(0, depth).mapToObj(
                i -> "[{\"messageId\":\"m" + i + "\",\"parentMessageId\":\"m" + (i - 1) + "\",\"text\":\"" + i
                        + "\",\"children\":")
                .collect(Collectors.joining()) + "[]" + "}]".repeat(depth) + "}";

        assertThat(read(json).only().messages()).hasSize(depth).extracting(ExportedMessage::text).endsWith("4999");
    }

    @Test
    void open_web_ui_is_a_list_of_trees() {
        Export export = read(Seeds.OPEN_WEB_UI);

        assertThat(export.format).isEqualTo("open-webui");
        assertThat(tree(export.only())).containsExactly(">m1", "m1>m2", "m1>m3");
        assertThat(export.only().filing().pinned()).isTrue();
        assertThat(export.only().filing().archived()).isTrue();
        assertThat(export.lines().getLast()).isEqualTo("2025-04-13T20:52:39Z|ASSISTANT|b|B");
    }

    @Test
    void sharegpt_knows_a_conversation_by_more_than_an_id_that_repeats() {
        Export export = read("""
                [{"id":"x","conversations":[{"from":"human","value":"one"},{"from":"gpt","value":"1"}]},
                 {"id":"x","conversations":[{"from":"human","value":"one"}]},
                 {"id":"x","items":[{"from":"human","value":"two"},{"from":"nobody","value":"?"}]}]""");

        assertThat(export.chats).hasSize(3).extracting(ExportedChat::id).doesNotHaveDuplicates();
        assertThat(export.chats.getFirst().title().orElseThrow().value()).isEqualTo("one");
        assertThat(export.chats.getLast().refused()).singleElement().satisfies(
                refusal -> assertThat(refusal.reason()).startsWith("is from nobody"));
    }

    @Test
    void telegram_has_texts_in_parts_and_times_with_or_without_a_zone() {
        Bytes file = Bytes.text("result.json", Seeds.TELEGRAM);

        Export export = Export.of(file, Export.options("Europe/Berlin", Optional.empty()));

        assertThat(export.format).isEqualTo("telegram");
        assertThat(export.lines()).containsExactly("2022-05-09T15:45:33Z|SYSTEM|Ann|phone_call",
                "2022-05-09T15:46:00Z|USER|Ann|see https://example.org!", "2022-05-09T15:47:00Z|USER|user8|gone");
        assertThat(export.only().messages().getLast().data().orElseThrow()).contains("reply_to_message_id", "photo");
        assertThatThrownBy(() -> Export.of(file)).isInstanceOfSatisfying(ChatExportRejected.class,
                asked -> assertThat(asked.parameter()).contains(Parameter.ZONE));
    }

    @Test
    void telegram_of_a_whole_account() {
        Export export = Export.inUtc(Bytes.text("result.json", "{\"about\":\"…\",\"chats\":{\"about\":\"…\",\"list\":["
                + Seeds.TELEGRAM + "," + Seeds.TELEGRAM.replace("4711", "4712") + "]}}"));

        assertThat(export.chats).extracting(ExportedChat::id).containsExactly("4711", "4712");
    }

    @Test
    void slack_is_an_archive_with_a_folder_for_each_channel() {
        Export export = Export.of(Bytes.zip("slack.zip", Seeds.slack()));

        assertThat(export.format).isEqualTo("slack");
        assertThat(export.only().id()).isEqualTo("C1");
        assertThat(export.only().title().orElseThrow().value()).isEqualTo("#general");
        assertThat(export.lines()).containsExactly("2016-01-14T19:33:20Z|SYSTEM|Ann|@Ann has joined the channel",
                "2016-01-15T05:55:18Z|USER|Ann|a < b, see this (https://example.org) in #general @ben",
                "2016-01-15T05:55:19Z|USER|ben|later");
        assertThat(export.only().messages().get(1).data().orElseThrow()).contains("thread_ts", "reactions", "<@U2>");
    }

    @Test
    void grok_may_write_times_as_its_database_does() {
        Export export = read(
                """
                        {"conversations":[{"conversation":{"conversation_id":"c","title":"t"},"responses":[
                        {"response":{"response_id":"a","message":"1","sender":"human","create_time":{"$date":{"$numberLong":"1750534101177"}}}},
                        {"response":{"response_id":"b","message":"2","sender":"assistant","model":"grok-3"}}]}]}""");

        assertThat(tree(export.only())).containsExactly(">a", "a>b");
        assertThat(export.lines().getFirst()).isEqualTo("2025-06-21T19:28:21.177Z|USER|-|1");
        assertThat(export.lines().getLast()).isEqualTo("-|ASSISTANT|grok-3|2");
    }

    @Test
    void a_file_of_no_format_is_rejected_with_what_was_looked_for() {
        for (String content : List.of("{}", "[]", "[1]", "hello", "{\"conversations\":[]}", "\u0000")) {
            assertThatThrownBy(() -> read(content)).isInstanceOf(ChatExportRejected.class)
                    .hasMessageContaining("whatsapp (");
        }
        assertThatThrownBy(() -> read("")).isInstanceOf(ChatExportRejected.class).hasMessageContaining("is empty");
        assertThatThrownBy(() -> Export.of(Bytes.text("f", "x"),
                new ReadingOptions(Optional.of("fax"), Optional.empty(),
                        Optional.empty(), Export.NOW)))
                .isInstanceOfSatisfying(ChatExportRejected.class,
                        rejected -> assertThat(rejected.parameter()).contains(Parameter.FORMAT))
                .hasMessageContaining("chatgpt");
    }
}
