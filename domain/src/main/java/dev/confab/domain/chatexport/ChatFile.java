package dev.confab.domain.chatexport;

/** A file to import. Its bytes can be read in any order and again; they must not change meanwhile. */
public interface ChatFile {
    /** The name without directories, for titles and reports only. */
    String name();

    /** In bytes. */
    long size();

    /**
     * Puts at least one and at most {@code length} bytes from {@code position} of the file at {@code offset}, and returns how many; -1 at
     * the end. An exception that it throws ends the reading and is passed on unchanged.
     */
    int read(long position, byte[] bytes, int offset, int length);
}
