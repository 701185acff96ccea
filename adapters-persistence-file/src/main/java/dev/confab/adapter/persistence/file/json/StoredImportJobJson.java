package dev.confab.adapter.persistence.file.json;

import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.ImportParameters;
import dev.confab.domain.importjob.ImportQuota;
import dev.confab.domain.importjob.ImportState;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Import jobs in the files. */
public final class StoredImportJobJson {
    private StoredImportJobJson() {
    }

    public static void write(JsonGenerator json, ImportJob job) {
        json.writeStartObject();
        json.writeStringProperty("id", job.id().toString());
        json.writeStringProperty("owner", job.owner().value());
        json.writeStringProperty("fileName", job.parameters().fileName());
        job.parameters().format().ifPresent(format -> json.writeStringProperty("format", format));
        job.parameters().zone().ifPresent(zone -> json.writeStringProperty("zone", zone.getId()));
        job.parameters().dateOrder().ifPresent(order -> json.writeStringProperty("dateOrder", code(order)));
        json.writeBooleanProperty("dryRun", job.parameters().dryRun());
        json.writeNumberProperty("size", job.size());
        json.writeStringProperty("digest", job.digest());
        job.quota().storedBytes().ifPresent(bytes -> json.writeNumberProperty("maxStoredBytes", bytes));
        job.quota().conversations().ifPresent(count -> json.writeNumberProperty("maxConversations", count));
        json.writeStringProperty("createdAt", job.createdAt().toString());
        json.writeStringProperty("state", code(job.state()));
        json.writeBooleanProperty("cancelRequested", job.cancelRequested());
        job.finishedAt().ifPresent(at -> json.writeStringProperty("finishedAt", at.toString()));
        job.failure().ifPresent(failure -> json.writeStringProperty("failure", failure));
        json.writeStringProperty("progress", job.progress());
        json.writeEndObject();
    }

    public static ImportJob job(JsonNode json) {
        var parameters = new ImportParameters(StoredJson.text(json, "fileName"), StoredJson.optional(json, "format"),
                StoredJson.optional(json, "zone").map(StoredImportJobJson::zone),
                StoredJson.optional(json, "dateOrder").map(order -> DateOrder.valueOf(upper(order))),
                json.required("dryRun").booleanValue());
        return new ImportJob(ImportJobId.parse(StoredJson.text(json, "id")),
                new OwnerId(StoredJson.text(json, "owner")), parameters, json.required("size").longValue(),
                StoredJson.text(json, "digest"),
                new ImportQuota(json.optional("maxStoredBytes").map(JsonNode::longValue),
                        json.optional("maxConversations").map(JsonNode::intValue)),
                StoredJson.time(json, "createdAt"),
                ImportState.valueOf(upper(StoredJson.text(json, "state"))),
                json.required("cancelRequested").booleanValue(),
                StoredJson.optional(json, "finishedAt").map(StoredJson::time),
                StoredJson.optional(json, "failure"), StoredJson.text(json, "progress"));
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("unknown zone \"" + id + "\"", e);
        }
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(String code) {
        return code.toUpperCase(Locale.ROOT);
    }
}
