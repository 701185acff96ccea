package dev.confab.adapter.chatexport.format;

import java.util.List;

/** The formats whose chats are in entries of JSON. */
public final class Formats {
    /** In the order in which they are tried: the first ones have the clearest marks. */
    public static final List<ExportFormat> ALL = List.of(new Claude(), new ChatGpt(), new LibreChat(),
            new OpenWebUi(), new Grok(), new Telegram(), new ShareGpt());

    private Formats() {
    }
}
