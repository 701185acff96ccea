package dev.confab.domain.archive;

/** Where the bytes of an archive go. An exception that it throws ends the writing and is passed on unchanged. */
@FunctionalInterface
public interface ByteSink {
    /** Takes {@code length} bytes from {@code offset}; they may change afterwards. */
    void write(byte[] bytes, int offset, int length);
}
