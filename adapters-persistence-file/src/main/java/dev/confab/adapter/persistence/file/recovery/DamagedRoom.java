package dev.confab.adapter.persistence.file.recovery;

/**
 * Tells damaged bytes in the unused room of a journal segment from what is left of a line.
 *
 * <p>The room is newlines, and a line has none inside. A crash keeps whole sectors of a line, or its beginning. So what is left of a line is
 * a row of bytes that begins with the line's bracket or fills its sector from the front, and that fills its sector to the end or ends with the
 * line's bracket. Before a newline it is a single byte only if that byte is one of the two brackets.
 */
final class DamagedRoom {
    private DamagedRoom() {
    }

    /**
     * Whether only room can have been here.
     *
     * @param rest what follows the last valid line, up to the end of the file
     */
    static boolean explains(byte[] rest) {
        for (int i = 0; i < rest.length; i++) {
            boolean alone = (i == 0 || rest[i - 1] == '\n') && i + 1 < rest.length && rest[i + 1] == '\n';
            if (rest[i] != '\n' && (!alone || rest[i] == '[' || rest[i] == ']')) {
                return false;
            }
        }
        return true;
    }
}
