package dev.confab.adapter.persistence.file.recovery;

/**
 * Distinguishes damaged bytes in the unused room of a journal segment from the rest of a line.
 *
 * <p>The room consists of newlines, and a line has none inside. A crash keeps whole sectors of a line, or its beginning. So the rest of a
 * line begins with the line's bracket or at the front of a sector, and ends with the line's bracket or at the end of a sector. Therefore a
 * single byte between two newlines can be the rest of a line only if it is one of the two brackets.
 */
final class DamagedRoom {
    private DamagedRoom() {
    }

    /**
     * Whether these bytes can only be damaged room, and not the rest of a line.
     *
     * @param rest the bytes after the last valid line, up to the end of the file
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
