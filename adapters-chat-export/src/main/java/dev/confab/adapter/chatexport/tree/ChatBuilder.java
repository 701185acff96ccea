package dev.confab.adapter.chatexport.tree;

import dev.confab.adapter.chatexport.json.Refused;
import dev.confab.adapter.chatexport.tree.Node.Content;
import dev.confab.domain.chatexport.ChatSink;
import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.chatexport.ExportedChat.Kept;
import dev.confab.domain.chatexport.ExportedMessage;
import dev.confab.domain.chatexport.Refusal;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.TextRules;
import dev.confab.domain.conversation.Title;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Collects one chat. What the format does not set is absent. */
public final class ChatBuilder {
    /** Of all texts and data in memory, about. */
    public static final long MAX_WEIGHT = 64L << 20;
    private static final int NODE_WEIGHT = 256;
    private static final int VALUE_WEIGHT = 64;

    private final String source;
    private final String place;
    private final Instant now;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Refusal> refused = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> leftOut = new HashSet<>();
    private Optional<String> id = Optional.empty();
    private Optional<String> title = Optional.empty();
    private Optional<Instant> createdAt = Optional.empty();
    private Optional<Instant> updatedAt = Optional.empty();
    private Optional<String> current = Optional.empty();
    private boolean pinned;
    private boolean archived;
    private long weight;

    /**
     * @param source the name of the format
     * @param now no message is newer; a later time counts as absent
     */
    public ChatBuilder(String source, String place, Instant now) {
        this.source = source;
        this.place = place;
        this.now = now;
    }

    public void id(Optional<String> newId) {
        id = newId;
    }

    public Optional<String> id() {
        return id;
    }

    public void title(Optional<String> newTitle) {
        title = newTitle.map(String::strip).filter(text -> !text.isEmpty());
    }

    /** Sets the title unless there is one. */
    public void titleIfAbsent(Optional<String> newTitle) {
        if (title.isEmpty()) {
            title(newTitle);
        }
    }

    public void createdAt(Optional<Instant> time) {
        createdAt = time.filter(this::isPast);
    }

    public void updatedAt(Optional<Instant> time) {
        updatedAt = time.filter(this::isPast);
    }

    /** The node of the branch that was shown last. */
    public void current(Optional<String> node) {
        current = node;
    }

    public void pinned(boolean isPinned) {
        pinned = isPinned;
    }

    public void archived(boolean isArchived) {
        archived = isArchived;
    }

    /** Nothing is made of this member of the chat. */
    public void leaveOut(String member) {
        leftOut.add(member);
    }

    public Set<String> leftOut() {
        return Collections.unmodifiableSet(leftOut);
    }

    public void refuse(Refusal refusal) {
        refused.add(refusal);
    }

    public void refuse(String at, String reason) {
        refused.add(new Refusal(at, reason));
    }

    /** Throws {@link Refused}, for the whole chat, when it is larger than the memory for one. */
    public void add(Node node) {
        weight += NODE_WEIGHT + node.content().map(ChatBuilder::weight).orElse(0L);
        if (weight > MAX_WEIGHT) {
            throw new Refused("has more than " + (MAX_WEIGHT >> 20) + " MiB in memory, the most for one chat");
        }
        if (node.id().isEmpty()) {
            refuse(node.place(), "has an empty id");
            return;
        }
        if (node.content().filter(c -> TextRules.utf8Length(c.text()) > Message.MAX_TEXT_BYTES).isPresent()) {
            refuse(node.place(), "has a text of more than " + Message.MAX_TEXT_BYTES + " bytes");
            link(node.id(), node.parent());
            return;
        }
        Node first = nodes.putIfAbsent(node.id(), node);
        if (first != null && first.content().equals(node.content())) {
            kept.add(new Kept(node.place(), node.id()));
        } else if (first != null) {
            refuse(node.place(), "has the id " + node.id() + " of another message of the chat");
        }
    }

    /** A node without content, so that those after it are not cut off. */
    public void link(String nodeId, Optional<String> parent) {
        weight += NODE_WEIGHT;
        if (!nodeId.isEmpty()) {
            nodes.putIfAbsent(nodeId, new Node(nodeId, parent, place, Optional.empty()));
        }
    }

    /** Sets the parents of nodes that have none. */
    public void linkMissing(Map<String, String> parents) {
        nodes.replaceAll((nodeId, node) -> node.parent().isPresent()
                ? node
                : new Node(nodeId, Optional.ofNullable(parents.get(nodeId)), node.place(), node.content()));
    }

    public boolean isEmpty() {
        return nodes.isEmpty() && refused.isEmpty();
    }

    /** The id of the node that was added first. */
    public Optional<String> first() {
        return nodes.keySet().stream().findFirst();
    }

    private static long weight(Content content) {
        return content.text().length() + sizeOf(content.original());
    }

    private static long sizeOf(JsonNode json) {
        long size = 0;
        var left = new ArrayDeque<JsonNode>();
        left.push(json);
        while (!left.isEmpty()) {
            JsonNode node = left.pop();
            size += VALUE_WEIGHT + (node.isString() ? 2L * node.stringValue().length() : 0);
            node.forEach(left::push);
        }
        return size;
    }

    /** Gives the chat to the sink. Throws {@link Refused} when it has no id. */
    public void give(ChatSink sink) {
        String chatId = id.filter(text -> text.length() <= 500)
                .orElseThrow(() -> new Refused("has no id, which a repeated import would know it by"));
        var tree = new MessageTree(List.copyOf(nodes.values()));
        var preceding = new HashMap<String, List<Node>>();
        var following = new HashMap<String, List<Node>>();
        for (Node other : tree.others()) {
            attach(other, tree, preceding, following);
        }
        var messages = new ArrayList<ExportedMessage>();
        for (Node node : tree.messages()) {
            messages.add(message(node, tree.previous(node), new MessageData(source, node,
                    preceding.getOrDefault(node.id(), List.of()), following.getOrDefault(node.id(), List.of()))));
        }
        if (tree.cutCircles() > 0) {
            notes.add(place + ": messages follow each other in a circle, which was cut open");
        }
        var chat = new ExportedChat(source, chatId, titleOf(), createdAt, updatedAt,
                new Filing(pinned, archived, Collections.emptySortedSet()), messages,
                current.flatMap(tree::atOrAbove), kept, refused, place);
        notes.forEach(sink::note);
        sink.chat(chat);
    }

    private void attach(Node other, MessageTree tree, Map<String, List<Node>> preceding,
            Map<String, List<Node>> following) {
        Optional<String> before = tree.following(other).isPresent() ? Optional.empty() : tree.atOrAbove(other.id());
        // A part of the tree without any message is kept with the first one of the chat.
        String with = before.or(() -> tree.following(other)).orElseGet(() -> tree.messages().getFirst().id());
        (before.isPresent() ? following : preceding).computeIfAbsent(with, _ -> new ArrayList<>()).add(other);
        kept.add(new Kept(other.place(), with));
    }

    private ExportedMessage message(Node node, Optional<String> previous, MessageData data) {
        Content content = node.content().orElseThrow();
        Optional<Instant> written = content.createdAt().filter(this::isPast);
        if (content.createdAt().isPresent() && written.isEmpty()) {
            notes.add(node.place() + ": its time " + content.createdAt().get() + " is in the future and was not taken");
        }
        Optional<String> dataText = data.text();
        if (dataText.isEmpty()) {
            notes.add(node.place() + ": what the file says of the message beside its text has more than "
                    + Message.MAX_DATA_BYTES + " bytes and was not taken");
        }
        return new ExportedMessage(node.id(), previous, content.role(), content.author().flatMap(this::author),
                content.text(), Optional.of(dataText.orElseGet(data::shortened)), written, node.place());
    }

    private Optional<Author> author(String name) {
        return Optional.of(cut(name.strip(), Author.MAX_CODE_POINTS)).filter(text -> !text.isEmpty()).map(Author::new);
    }

    private Optional<Title> titleOf() {
        title.filter(text -> !cut(text, Title.MAX_CODE_POINTS).equals(text))
                .ifPresent(text -> notes.add(place + ": the title was cut to " + Title.MAX_CODE_POINTS
                        + " characters"));
        return title.map(text -> new Title(cut(text, Title.MAX_CODE_POINTS)));
    }

    private static String cut(String text, int mostCodePoints) {
        return text.codePointCount(0, text.length()) <= mostCodePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, mostCodePoints));
    }

    private boolean isPast(Instant time) {
        return !time.isAfter(now);
    }
}
