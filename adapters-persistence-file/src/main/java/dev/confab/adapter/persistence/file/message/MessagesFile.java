package dev.confab.adapter.persistence.file.message;

/**
 * How much of a messages file is valid, as the head says it: {@code length} bytes with {@code count} messages, one a line.
 *
 * @param generation 1, 2, …; part of the file's name; 0 before the first file
 * @param version of the conversation when the file was written
 * @param weight the sum of the messages' weights
 */
public record MessagesFile(int generation, long length, int count, long version, long weight) {
    public static final MessagesFile NONE = new MessagesFile(0, 0, 0, 0, 0);
}
