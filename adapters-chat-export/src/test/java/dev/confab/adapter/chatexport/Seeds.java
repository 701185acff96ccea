package dev.confab.adapter.chatexport;

import java.util.LinkedHashMap;
import java.util.Map;

/** A sound file of each format, small; those that no sample has are written by hand. */
final class Seeds {
    private Seeds() {
    }

    static final String LIBRECHAT = """
            {"conversationId":"c1","endpoint":"openAI","title":"Trees","exportAt":"13:37 Mon","branches":true,"recursive":true,
             "options":{"model":"gpt-4"},"messagesTree":[
              {"messageId":"m1","parentMessageId":"00000000-0000-0000-0000-000000000000","sender":"User","text":"Hi","isCreatedByUser":true,
               "createdAt":"2024-05-01T10:00:00.123Z","children":[
                {"messageId":"m2","parentMessageId":"m1","sender":"GPT","text":"Hello","isCreatedByUser":false,"model":"gpt-4",
                 "createdAt":"2024-05-01T10:00:01Z","children":[]},
                {"messageId":"m3","parentMessageId":"m1","sender":"GPT","text":"","content":[{"type":"think","think":"hm"},
                 {"type":"text","text":{"value":"Good day"}}],"isCreatedByUser":false,"children":[]}]}]}
            """;
    static final String TELEGRAM = """
            {"name":"Ann","type":"personal_chat","id":4711,"messages":[
              {"id":1,"type":"service","date":"2022-05-09T17:45:33","date_unixtime":"1652111133","actor":"Ann","action":"phone_call","text":""},
              {"id":2,"type":"message","date":"2022-05-09T17:46:00","date_unixtime":"1652111160","from":"Ann","from_id":"user700",
               "text":["see ",{"type":"link","text":"https://example.org"},"!"],"text_entities":[]},
              {"id":3,"type":"message","date":"2022-05-09T17:47:00","from":null,"from_id":"user8","reply_to_message_id":2,"text":"gone",
               "photo":"(File not included. Change data exporting settings to download.)"}]}
            """;
    static final String OPEN_WEB_UI = """
            [{"id":"chat-1","user_id":"u","title":"Two models","chat":{"title":"Two models","models":["a","b"],"history":{"currentId":"m3",
               "messages":{"m1":{"id":"m1","parentId":null,"childrenIds":["m2","m3","gone"],"role":"user","content":"Hi","timestamp":1744577557},
               "m2":{"id":"m2","parentId":"m1","childrenIds":[],"role":"assistant","content":"A","model":"a","timestamp":1744577558},
               "m3":{"id":"m3","parentId":"m1","childrenIds":[],"role":"assistant","content":"B","model":"b","timestamp":1744577559}}},
               "messages":[{"id":"m1","role":"user","content":"Hi"}],"tags":[]},
              "created_at":1744577557,"updated_at":1744577560,"archived":true,"pinned":true,"meta":{},"folder_id":null}]
            """;

    static Map<String, String> slack() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("users.json",
                """
                        [{"id":"U1","name":"ann","real_name":"Ann Example","profile":{"display_name":"Ann"}},{"id":"U2","name":"ben","profile":{}}]""");
        entries.put("channels.json", "[{\"id\":\"C1\",\"name\":\"general\",\"members\":[\"U1\"]}]");
        entries.put("general/2016-01-15.json", """
                [{"type":"message","user":"U2","text":"later","ts":"1452837319.000003"}]""");
        entries.put("general/2016-01-14.json",
                """
                        [{"type":"message","subtype":"channel_join","user":"U1","text":"<@U1> has joined the channel","ts":"1452800000.000001"},
                         {"type":"message","user":"U1","text":"a &lt; b, see <https://example.org|this> in <#C1|general> <@U2>","ts":"1452837318.000002",
                          "thread_ts":"1452837318.000002","reactions":[{"name":"+1","users":["U2"],"count":1}]}]""");
        return entries;
    }

    static Map<String, Bytes> all() {
        Map<String, Bytes> all = new LinkedHashMap<>();
        all.put("chatgpt", Bytes.sample("chatgpt/importer-gpt_example.json"));
        all.put("claude", Bytes.sample("claude/importer-claude_thinking_example.json"));
        all.put("librechat", Bytes.text("librechat.json", LIBRECHAT));
        all.put("open-webui", Bytes.text("chats.json", OPEN_WEB_UI));
        all.put("sharegpt", Bytes.sample("sharegpt/fastchat-dummy-40.json"));
        all.put("whatsapp", Bytes.sample("whatsapp/chatistics-chat3.txt"));
        all.put("whatsapp zip",
                Bytes.zip("chat.zip", Map.of("_chat.txt", "13/12/19, 10:00 - Ann: a\n14/12/19, 10:00 - Ben: b")));
        all.put("telegram", Bytes.text("result.json", TELEGRAM));
        all.put("slack", Bytes.zip("slack.zip", slack()));
        all.put("grok", Bytes.sample("grok/importer-grok.json"));
        return all;
    }
}
