package dev.confab.bootstrap.endtoend;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One operation of the API, called for what belongs to one owner.
 *
 * @param body empty for none
 * @param hidden what another owner gets
 */
record ApiOperation(String method, String path, String body, Hidden hidden) {

    /** What an owner gets who calls an operation for something of another owner. */
    enum Hidden {
        /** 404, as if it did not exist. */
        NOT_FOUND,
        /** 200, without a trace of it. */
        ABSENT,
        /** 409: the id is taken. Ids are unique over all owners, and tell nothing else. */
        TAKEN,
        /** 201 or 202: something new of the caller's own. */
        OWN,
        /** 403: only for managing the service. */
        ADMIN,
        /** 400: only an owner's own name confirms it. */
        NAMED,
        /** The same page for everyone, without log-in too. */
        PUBLIC
    }

    boolean reads() {
        return method.equals("GET");
    }

    boolean streams() {
        return path.endsWith("/events");
    }

    /**
     * @param keyId of an API key
     * @param webhook the id of a webhook
     * @param importJob the id of an import
     */
    record Belongings(String conversation, String message, String session, String turn, String word, String export,
            String keyId, String webhook, String importJob) {
    }

    /** Every operation of the API's description, by its operationId. */
    static Map<String, ApiOperation> all(Belongings of) {
        var all = new LinkedHashMap<String, ApiOperation>();
        String conversations = "/api/v1/conversations";
        String conversation = conversations + "/" + of.conversation();
        String message = conversation + "/messages/" + of.message();
        String session = "/api/v1/sessions/" + of.session();
        String turn = "/api/v1/turns/" + of.turn();
        String draft = "{\"role\":\"user\",\"text\":\"intruder\"}";

        all.put("listConversations", get(conversations + "?limit=100", Hidden.ABSENT));
        all.put("createConversation", post(conversations, member("id", of.conversation()), Hidden.TAKEN));
        all.put("importConversation", post(conversations + "/import", of.export(), Hidden.TAKEN));
        all.put("getConversation", get(conversation));
        all.put("changeConversation", hidden("PATCH", conversation, member("title", "intruder")));
        all.put("restoreConversation", hidden("POST", conversation + "/restore", ""));
        all.put("forkConversation", hidden("POST", conversation + "/fork", member("messageId", of.message())));
        all.put("listMessages", get(conversation + "/messages"));
        all.put("appendMessage", hidden("POST", conversation + "/messages", draft));
        all.put("appendMessages", hidden("POST", conversation + "/messages/batch", "{\"messages\":[" + draft + "]}"));
        all.put("getMessage", get(message));
        all.put("editMessage", hidden("PATCH", message, member("text", "intruder")));
        all.put("truncateConversation",
                hidden("POST", conversation + "/truncate", member("afterMessageId", of.message())));
        all.put("clearConversation", hidden("POST", conversation + "/clear", ""));
        all.put("changes", get(conversation + "/changes?since=0"));
        all.put("context", get(conversation + "/context?maxTokens=1000"));
        all.put("conversationEvents", get(conversation + "/events"));
        all.put("exportConversation", get(conversation + "/export"));
        all.put("exportDocument", get(conversation + "/document?format=html"));
        all.put("getStatistics", get(conversation + "/statistics?zone=Europe/Berlin"));
        all.put("getCreationProgress", get(conversation + "/progress"));
        all.put("listTurns", get(conversation + "/turns"));
        all.put("listSessions", get("/api/v1/sessions?limit=100", Hidden.ABSENT));
        all.put("createSession", hidden("POST", "/api/v1/sessions", member("conversationId", of.conversation())));
        all.put("currentSession", get("/api/v1/sessions/current"));
        all.put("activateSession", hidden("PUT", "/api/v1/sessions/current", member("sessionId", of.session())));
        all.put("getSession", get(session));
        all.put("changeSession", hidden("PATCH", session, member("name", "intruder")));
        all.put("keepSession", hidden("POST", session + "/keep", ""));
        all.put("clearSession", hidden("POST", session + "/clear", ""));
        all.put("startTurn", hidden("POST", session + "/turns", member("text", "intruder")));
        all.put("getTurn", get(turn));
        all.put("turnEvents", get(turn + "/events"));
        all.put("cancelTurn", hidden("POST", turn + "/cancel", ""));
        all.put("answerCall", hidden("POST", turn + "/approvals", "{\"callId\":\"call-1\",\"approved\":true}"));
        all.put("search", get("/api/v1/search?q=" + of.word(), Hidden.ABSENT));
        all.put("exportDocuments", get("/api/v1/documents?format=jsonl", Hidden.ABSENT));
        all.put("getOwnerStatistics", get("/api/v1/statistics", Hidden.ABSENT));
        all.put("ownerEvents", get("/api/v1/events", Hidden.ABSENT));
        all.put("info", get("/api/v1/info", Hidden.ABSENT));
        all.put("usage", get("/api/v1/usage", Hidden.ABSENT));
        String webhooks = "/api/v1/webhooks";
        String webhook = webhooks + "/" + of.webhook();
        all.put("listWebhooks", get(webhooks, Hidden.ABSENT));
        all.put("createWebhook", post(webhooks, member("url", "https://receiver.invalid/intruder"), Hidden.OWN));
        all.put("getWebhook", get(webhook));
        all.put("changeWebhook", hidden("PATCH", webhook, "{\"enabled\":false}"));
        all.put("rotateWebhookSecret", hidden("POST", webhook + "/secret", ""));
        all.put("testWebhook", hidden("POST", webhook + "/test", ""));
        all.put("deleteWebhook", hidden("DELETE", webhook, ""));
        String imports = "/api/v1/imports";
        String importJob = imports + "/" + of.importJob();
        all.put("listImports", get(imports, Hidden.ABSENT));
        all.put("createImport", post(imports,
                "[{\"id\":\"1\",\"conversations\":[{\"from\":\"human\",\"value\":\"intruder\"}]}]", Hidden.OWN));
        all.put("getImport", get(importJob));
        all.put("getImportReport", get(importJob + "/report"));
        all.put("cancelImport", hidden("POST", importJob + "/cancel", ""));
        all.put("eraseOwner", new ApiOperation("DELETE", "/api/v1/owner?confirm=ann", "", Hidden.NAMED));
        all.put("listApiKeys", get("/api/v1/admin/keys", Hidden.ADMIN));
        all.put("createApiKey", post("/api/v1/admin/keys",
                "{\"owner\":\"eve\",\"name\":\"intruder\",\"scopes\":[\"admin\"]}", Hidden.ADMIN));
        all.put("revokeApiKey", new ApiOperation("DELETE", "/api/v1/admin/keys/" + of.keyId(), "", Hidden.ADMIN));
        all.put("exportStore", get("/api/v1/admin/export", Hidden.ADMIN));
        all.put("importStore", post("/api/v1/admin/import", "{}", Hidden.ADMIN));
        all.put("makeBackup", new ApiOperation("POST", "/api/v1/admin/backup", "", Hidden.ADMIN));
        all.put("explainProblem", get("/problems/unauthenticated", Hidden.PUBLIC));
        all.put("getDescription", get("/v3/api-docs", Hidden.PUBLIC));
        // At last, because they would make the others fail if they succeeded.
        all.put("removeMessage", hidden("DELETE", message, ""));
        all.put("deleteSession", hidden("DELETE", session, ""));
        all.put("deleteConversation", hidden("DELETE", conversation, ""));
        return all;
    }

    private static ApiOperation get(String path) {
        return get(path, Hidden.NOT_FOUND);
    }

    private static ApiOperation get(String path, Hidden hidden) {
        return new ApiOperation("GET", path, "", hidden);
    }

    private static ApiOperation post(String path, String body, Hidden hidden) {
        return new ApiOperation("POST", path, body, hidden);
    }

    private static ApiOperation hidden(String method, String path, String body) {
        return new ApiOperation(method, path, body, Hidden.NOT_FOUND);
    }

    private static String member(String name, String value) {
        return "{\"" + name + "\":\"" + value + "\"}";
    }
}
