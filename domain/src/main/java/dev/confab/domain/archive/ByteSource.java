package dev.confab.domain.archive;

/** Where the bytes of an archive come from. An exception that it throws ends the reading and is passed on unchanged. */
@FunctionalInterface
public interface ByteSource {
    /** Puts at least one and at most {@code length} bytes at {@code offset}, and returns how many; -1 at the end. */
    int read(byte[] bytes, int offset, int length);
}
