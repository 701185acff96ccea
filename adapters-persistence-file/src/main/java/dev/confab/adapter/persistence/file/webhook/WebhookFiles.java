package dev.confab.adapter.persistence.file.webhook;

import dev.confab.adapter.persistence.file.disk.DirectoryRefused;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.adapter.persistence.file.json.StoredWebhookJson;
import dev.confab.adapter.persistence.file.webhook.HeldWebhook.Content;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** {@code webhooks.json} and the files with cursors, each one line. A directory without {@code webhooks.json} has no webhooks. */
record WebhookFiles(Disk disk, Layout layout) {

    /**
     * Replaces the file of webhooks. It is durable once the caller has forced the data directory. When this throws, the file has the
     * webhooks that it had before.
     */
    void replace(List<Webhook> webhooks) throws IOException {
        disk.replace(layout.webhooks(), ChecksummedLine.of(StoredJson.bytes(json -> {
            json.writeStartObject();
            StoredJson.writeList(json, "webhooks", webhooks, StoredWebhookJson::write);
            json.writeEndObject();
        })));
    }

    /** Replaces the file with the cursors of a webhook. A crash may leave the previous one. */
    void replace(WebhookId id, Content content) throws IOException {
        disk.replace(layout.cursors(id), ChecksummedLine.of(StoredJson.bytes(json -> {
            json.writeStartObject();
            StoredWebhookJson.writeFailure(json, content.lastFailure());
            StoredJson.writeList(json, "cursors", List.copyOf(content.cursors().entrySet()), StoredWebhookJson::write);
            json.writeEndObject();
        })));
    }

    /** Writes the cursors of a new webhook, durable; call it before the webhook is in the other file. */
    void create(WebhookId id, Content content) throws IOException {
        if (!disk.exists(layout.cursors())) {
            disk.createDirectories(layout.cursors());
            disk.forceDirectory(layout.root());
        }
        replace(id, content);
        disk.forceDirectory(layout.cursors());
    }

    /** Deletes the cursors of a webhook that is gone. */
    void delete(WebhookId id) throws IOException {
        disk.delete(layout.cursors(id));
    }

    /** The webhooks in the files; throws {@link DirectoryRefused} when one cannot be read. */
    List<HeldWebhook> read() throws IOException {
        // Left by a process that ended while it wrote.
        disk.delete(Layout.unfinished(layout.webhooks()));
        List<Webhook> webhooks = disk.exists(layout.webhooks())
                ? read(layout.webhooks(), "move it out of the data directory; there are no webhooks then",
                        json -> StoredJson.list(json.required("webhooks"), StoredWebhookJson::webhook))
                : List.of();
        deleteOthers(webhooks.stream().map(webhook -> layout.cursors(webhook.id()).getFileName().toString())
                .collect(Collectors.toSet()));
        var held = new HashMap<WebhookId, HeldWebhook>();
        for (Webhook webhook : webhooks) {
            held.put(webhook.id(), new HeldWebhook(webhook, content(webhook.id())));
        }
        return List.copyOf(held.values());
    }

    private void deleteOthers(Set<String> needed) throws IOException {
        if (disk.exists(layout.cursors())) {
            for (String name : disk.list(layout.cursors())) {
                if (!needed.contains(name)) {
                    disk.delete(layout.cursors().resolve(name));
                }
            }
        }
    }

    private Content content(WebhookId id) throws IOException {
        return disk.exists(layout.cursors(id))
                ? read(layout.cursors(id), "delete it; the webhook then gets an event of each conversation again",
                        WebhookFiles::content)
                : new Content(Optional.empty(), Map.of());
    }

    private static Content content(JsonNode json) {
        Map<ConversationId, Cursor> cursors = StoredJson.list(json.required("cursors"), StoredWebhookJson::cursor)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Content(StoredWebhookJson.failure(json), cursors);
    }

    private <T> T read(Path file, String otherwise, Function<JsonNode, T> read) throws IOException {
        byte[] line = disk.read(file, 0, Integer.MAX_VALUE - 8);
        boolean ended = line.length > 0 && line[line.length - 1] == '\n';
        try {
            return StoredJson.read("its content", line, 0, ended ? line.length - 1 : 0, read);
        } catch (FileDamaged e) {
            throw new DirectoryRefused("The file " + file.toAbsolutePath() + " of webhooks is damaged: " + e.reason()
                    + ". Restore it from a backup, or " + otherwise + ".");
        }
    }
}
