package dev.confab.adapter.chatexport.slack;

import dev.confab.adapter.chatexport.file.Entry;
import dev.confab.adapter.chatexport.format.Chain;
import dev.confab.adapter.chatexport.format.Contents;
import dev.confab.adapter.chatexport.format.ExportFormat;
import dev.confab.adapter.chatexport.format.Reading;
import dev.confab.adapter.chatexport.json.JsonCursor;
import dev.confab.adapter.chatexport.json.Refused;
import dev.confab.adapter.chatexport.json.Values;
import dev.confab.adapter.chatexport.tree.ChatBuilder;
import dev.confab.adapter.chatexport.tree.Node;
import dev.confab.adapter.chatexport.tree.Node.Content;
import dev.confab.domain.chatexport.Refusal;
import dev.confab.domain.conversation.Role;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Slack: an archive with a folder for each channel and in it an entry of JSON for each day. */
public final class Slack implements ExportFormat {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}\\.json");
    private static final List<String> CHANNEL_LISTS = List.of("channels.json", "groups.json", "dms.json", "mpims.json");
    private static final Pattern SYSTEM = Pattern
            .compile("(channel|group)_(join|leave|topic|purpose|name|archive|unarchive)|bot_(add|remove|enable|disable)"
                    + "|pinned_item|unpinned_item|reminder_add");

    /** What a list of the archive says of a channel. */
    private record Channel(String id, Optional<String> name) {
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public String lookedFor() {
        return "an archive with users.json, channels.json and folders with a JSON entry a day";
    }

    @Override
    public boolean recognises(Contents contents) {
        return contents.isArchive() && contents.entries().stream().anyMatch(Slack::isDay)
                && Stream.concat(Stream.of("users.json"), CHANNEL_LISTS.stream())
                        .anyMatch(list -> contents.named(list).isPresent());
    }

    private static boolean isDay(Entry entry) {
        return DAY.matcher(entry.lastName()).matches() && !entry.folder().isEmpty();
    }

    @Override
    public void read(Contents contents, Reading reading) {
        var users = new HashMap<String, String>();
        each(contents, "users.json", reading, user -> Values.id(user, "id").ifPresent(id -> users.put(id,
                userName(user).orElse(id))));
        var channels = new HashMap<String, Channel>();
        CHANNEL_LISTS.forEach(list -> each(contents, list, reading, channel -> Values.id(channel, "id").ifPresent(
                id -> channels.put(Values.text(channel, "name").orElse(id),
                        new Channel(id, Values.text(channel, "name"))))));
        var text = new SlackText(users, reading.clean());
        contents.entries().stream().filter(Slack::isDay)
                .collect(Collectors.groupingBy(Entry::folder, TreeMap::new, Collectors.toList()))
                .forEach((folder, days) -> channel(folder, days, channels, text, contents, reading));
    }

    private static Optional<String> userName(JsonNode user) {
        Optional<JsonNode> profile = Values.member(user, "profile");
        return profile.flatMap(p -> Values.text(p, "display_name")).or(() -> Values.text(user, "real_name"))
                .or(() -> profile.flatMap(p -> Values.text(p, "real_name"))).or(() -> Values.text(user, "name"));
    }

    private void channel(String folder, List<Entry> days, Map<String, Channel> channels, SlackText text,
            Contents contents, Reading reading) {
        String folderName = folder.substring(folder.lastIndexOf('/') + 1);
        ChatBuilder chat = reading.chat(this, folder);
        var channel = Optional.ofNullable(channels.get(folderName));
        chat.id(Optional.of(channel.map(Channel::id).orElse("folder:" + folderName)));
        chat.title(Optional.of("#" + channel.flatMap(Channel::name).orElse(folderName)));
        var chain = new Chain();
        try {
            for (Entry day : days.stream().sorted(Comparator.comparing(Entry::lastName)).toList()) {
                contents.take(day);
                day(day, chat, chain, text);
            }
            chat.give(reading);
        } catch (Refused refused) {
            reading.refused(new Refusal(folder, refused.reason()));
        }
    }

    /** A day that is damaged does not keep the others out. */
    private static void day(Entry day, ChatBuilder chat, Chain chain, SlackText text) {
        try (var json = JsonCursor.open(day, text.clean())) {
            json.elements("", at -> add(json.tree(), json.place(at), chat, chain, text), chat::refuse);
        } catch (JacksonException e) {
            chat.refuse(JsonCursor.broken(day, e));
        } catch (IOException e) {
            chat.refuse(day.name(), "cannot be read: " + e.getMessage());
        }
    }

    private static void add(JsonNode message, String place, ChatBuilder chat, Chain chain, SlackText text) {
        String id = Values.text(message, "ts").orElseThrow(() -> new Refused("has no ts, which is its id and time"));
        Optional<String> subtype = Values.text(message, "subtype");
        Optional<String> author = Values.text(message, "user").map(text::user)
                .or(() -> Values.member(message, "user_profile").flatMap(p -> Values.text(p, "real_name")))
                .or(() -> Values.text(message, "username")).or(() -> Values.text(message, "bot_id"));
        Role role = subtype.filter(type -> SYSTEM.matcher(type).matches()).isPresent() ? Role.SYSTEM : Role.USER;
        chat.add(new Node(id, chain.parent(id, Optional.empty()), place,
                Optional.of(new Content(role, author, Values.text(message, "text").map(text::readable).orElse(""),
                        Values.member(message, "ts").flatMap(Values::seconds), true, (ObjectNode) message))));
    }

    private static void each(Contents contents, String list, Reading reading,
            Consumer<JsonNode> element) {
        contents.named(list).ifPresent(entry -> {
            contents.take(entry);
            try (var json = JsonCursor.open(entry, reading.clean())) {
                json.elements("", _ -> element.accept(json.tree()), reading::refused);
            } catch (JacksonException e) {
                reading.refused(JsonCursor.broken(entry, e));
            } catch (IOException e) {
                reading.refused(new Refusal(entry.name(), "cannot be read: " + e.getMessage()));
            }
        });
    }
}
