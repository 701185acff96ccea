package dev.confab.adapter.web.ui;

/** The paths of the pages. */
public final class UiPaths {
    public static final String CHAT = "/chat";
    public static final String CONVERSATION = CHAT + "/{conversationId}";
    public static final String LOG_IN = "/log-in";
    public static final String LOG_OUT = "/log-out";
    /** The style sheet, scripts and icon. */
    public static final String FILES = "/ui/**";

    private UiPaths() {
    }
}
