package dev.confab.adapter.chatexport.whatsapp;

import dev.confab.adapter.chatexport.file.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a text, which end with LF or CR LF. What is not UTF-8 becomes U+FFFD. */
final class TextLines implements AutoCloseable {
    private static final int MAX_LENGTH = 4 * 1024 * 1024;

    private final BufferedReader reader;
    private int number;

    TextLines(Entry entry) throws IOException {
        this.reader = new BufferedReader(new InputStreamReader(entry.open(), StandardCharsets.UTF_8), 1 << 16);
    }

    /** The number of the line that was read last, from 1. */
    int number() {
        return number;
    }

    /** Empty at the end. Throws {@link IOException} for a line of more than 4 Mi characters. */
    Optional<String> next() throws IOException {
        var line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return Optional.empty();
        }
        number++;
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (line.length() == MAX_LENGTH) {
                throw new IOException("line " + number + " has more than " + MAX_LENGTH + " characters");
            }
            line.append((char) c);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return Optional.of(line.toString());
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
