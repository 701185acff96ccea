package dev.confab.domain.chatexport;

/** Receives what a file contains. An exception that it throws ends the reading and is passed on unchanged. */
public interface ChatSink {

    /** Comes first: the name of the format of the file. */
    void format(String name);

    void chat(ExportedChat chat);

    /** A chat, or something larger, that cannot be read. */
    void refused(Refusal refusal);

    /** What the person who imports should know: what the reader decided, or what it could not take over as it was. */
    void note(String note);
}
