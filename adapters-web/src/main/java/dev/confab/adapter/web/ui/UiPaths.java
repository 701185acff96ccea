package dev.confab.adapter.web.ui;

import java.util.Optional;

/** The paths of the pages. */
public final class UiPaths {
    public static final String CHAT = "/chat";
    public static final String CONVERSATION = CHAT + "/{conversationId}";
    public static final String LOG_IN = "/log-in";
    /** Leads the browser to the issuer. */
    public static final String LOG_IN_AT_ISSUER = LOG_IN + "/at/issuer";
    /** Where the issuer leads the browser back to. */
    public static final String LOG_IN_BACK = LOG_IN + "/back";
    public static final String LOG_OUT = "/log-out";
    /** The style sheet, scripts and icon. */
    public static final String FILES = "/ui/**";

    private UiPaths() {
    }

    /** The page to show after a log-in. Only one of this service: a link with another one would lead there after the log-in. */
    public static String afterLogIn(Optional<String> next) {
        return next.filter(path -> path.matches("/chat(/[0-9a-f-]{36})?")).orElse(CHAT);
    }
}
