package dev.confab.adapter.web.response;

import java.net.URI;
import org.springframework.web.util.UriTemplate;

/** The paths that mappings and {@code Location} headers share. */
public final class ApiPaths {
    public static final String API = "/api/v1";
    public static final String CONVERSATIONS = API + "/conversations";
    public static final String CONVERSATION = CONVERSATIONS + "/{conversationId}";
    public static final String MESSAGE = CONVERSATION + "/messages/{messageId}";
    public static final String SESSIONS = API + "/sessions";
    public static final String SESSION = SESSIONS + "/{sessionId}";
    public static final String CURRENT_SESSION = SESSIONS + "/current";
    public static final String TURN = API + "/turns/{turnId}";
    public static final String OWNER = API + "/owner";

    public static final String WEBHOOKS = API + "/webhooks";
    public static final String WEBHOOK = WEBHOOKS + "/{webhookId}";

    public static final String IMPORT_JOBS = API + "/imports";
    public static final String IMPORT_JOB = IMPORT_JOBS + "/{importId}";

    public static final String USAGE = API + "/usage";

    public static final String ADMIN = API + "/admin";
    public static final String API_KEYS = ADMIN + "/keys";
    public static final String EXPORT = ADMIN + "/export";
    public static final String IMPORT = ADMIN + "/import";
    public static final String BACKUP = ADMIN + "/backup";

    private ApiPaths() {
    }

    /** The path of one resource: one of the paths above, with the ids in the places of its variables. */
    public static URI of(String path, Object... ids) {
        return new UriTemplate(path).expand(ids);
    }
}
