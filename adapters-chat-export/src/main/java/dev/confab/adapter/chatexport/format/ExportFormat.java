package dev.confab.adapter.chatexport.format;

/** The export of one application. */
public interface ExportFormat {
    /** In lower case, such as {@code chatgpt}. */
    String name();

    /** What the content must have to be of this format, for a person whose file is of none. */
    String lookedFor();

    boolean recognises(Contents contents);

    /** Reads contents that it recognises. */
    void read(Contents contents, Reading reading);
}
