package dev.confab.adapter.persistence.file.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.file.journal.JournalSegment;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a crash leaves of the journal's last line is a torn write; two lines, or a line with something behind it, are damage. */
class TornWriteTest {
    private static final int SECTOR = 512;
    private static final int BEFORE = 300;

    @Test
    void any_sectors_of_a_line_and_its_room_may_be_missing() {
        byte[] file = file(line(1_200), room(1_000));
        int sectors = (file.length + SECTOR - 1) / SECTOR;
        for (byte missing : new byte[]{'\n', 0}) {
            for (int kept = 0; kept < 1 << sectors; kept++) {
                byte[] left = file.clone();
                for (int sector = 0; sector < sectors; sector++) {
                    if ((kept >> sector & 1) == 0) {
                        int from = Math.max(BEFORE, sector * SECTOR);
                        Arrays.fill(left, from, Math.min(file.length, (sector + 1) * SECTOR), missing);
                    }
                }
                assertThat(explained(left))
                        .as("sectors %s are kept, %d elsewhere", Integer.toBinaryString(kept), missing)
                        .isTrue();
            }
        }
    }

    @Test
    void any_first_part_of_a_line_may_be_there() {
        byte[] file = file(line(1_200), room(1_000));
        for (int length = BEFORE; length < BEFORE + 1_200; length++) {
            byte[] overRoom = file.clone();
            Arrays.fill(overRoom, length, file.length, (byte) '\n');
            assertThat(explained(overRoom)).as("%d bytes, and then room", length).isTrue();
            assertThat(explained(Arrays.copyOf(file, length))).as("%d bytes", length).isTrue();
        }
    }

    @Test
    void two_damaged_lines_are_not_a_torn_write() {
        for (int length : List.of(100, SECTOR - BEFORE, 700)) {
            for (int next : List.of(80, 600)) {
                byte[] file = file(damaged(line(length)), damaged(line(next)), room(1_000));
                assertThat(explained(file)).as("%d bytes and %d", length, next).isFalse();
            }
        }
    }

    @Test
    void a_valid_line_behind_a_damaged_one_proves_damage() {
        for (int length : List.of(100, SECTOR - BEFORE, 700)) {
            byte[] first = line(length);
            byte[] withoutNewline = first.clone();
            withoutNewline[length - 1] = 'x';
            assertThat(explained(file(damaged(first), line(600), room(1_000)))).isFalse();
            assertThat(explained(file(withoutNewline, line(600), room(1_000)))).as("a newline is damaged").isFalse();
            assertThat(explained(file(room(SECTOR - BEFORE), line(600), room(10)))).as("a line is blank").isFalse();
        }
    }

    private static boolean explained(byte[] file) {
        return TornWrite.explains(JournalSegment.withoutRoom(Arrays.copyOfRange(file, BEFORE, file.length)), BEFORE);
    }

    /** With good lines before, that end within a sector. */
    private static byte[] file(byte[]... parts) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(line(BEFORE));
        for (byte[] part : parts) {
            file.writeBytes(part);
        }
        return file.toByteArray();
    }

    private static byte[] line(int length) {
        String text = "\"" + "x".repeat(length - ChecksummedLine.PREFIX - 4) + "\"";
        return ChecksummedLine.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] damaged(byte[] line) {
        byte[] damaged = line.clone();
        damaged[line.length / 2] ^= 1;
        return damaged;
    }

    private static byte[] room(int length) {
        byte[] room = new byte[length];
        Arrays.fill(room, (byte) '\n');
        return room;
    }
}
