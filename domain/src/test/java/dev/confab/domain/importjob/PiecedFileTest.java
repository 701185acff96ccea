package dev.confab.domain.importjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiecedFileTest {
    private static final int SIZE = 3 * PiecedFile.PIECE + 10;

    private final List<Integer> read = new ArrayList<>();
    private final PiecedFile file = new PiecedFile("file", SIZE, number -> {
        read.add(number);
        byte[] piece = new byte[Math.min(PiecedFile.PIECE, SIZE - number * PiecedFile.PIECE)];
        Arrays.fill(piece, (byte) number);
        return piece;
    });

    @Test
    void bytes_are_those_of_the_piece_at_their_position() {
        byte[] bytes = new byte[20];

        assertThat(file.read(PiecedFile.PIECE - 1, bytes, 3, 10)).isOne();
        assertThat(file.read(PiecedFile.PIECE, bytes, 4, 10)).isEqualTo(10);
        assertThat(bytes).startsWith(0, 0, 0, 0, 1, 1);
        assertThat(file.read(SIZE - 5L, bytes, 0, 20)).isEqualTo(5);
        assertThat(bytes).startsWith(3, 3, 3, 3, 3, 1);
        assertThat(file.read(SIZE, bytes, 0, 20)).isEqualTo(-1);
    }

    @Test
    void a_piece_is_read_once_while_two_places_are_read() {
        byte[] bytes = new byte[1];
        for (int i = 0; i < 100; i++) {
            file.read(i, bytes, 0, 1);
            file.read(SIZE - 1L - i % 10, bytes, 0, 1);
        }

        assertThat(read).containsExactly(0, 3);
        file.read(PiecedFile.PIECE, bytes, 0, 1);
        file.read(SIZE - 1L, bytes, 0, 1);
        file.read(0, bytes, 0, 1);
        assertThat(read).containsExactly(0, 3, 1, 0);
    }
}
