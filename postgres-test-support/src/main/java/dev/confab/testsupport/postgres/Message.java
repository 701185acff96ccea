package dev.confab.testsupport.postgres;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A message of PostgreSQL's protocol, version 3: a byte for its type, then an int32 that counts itself and the body
 * (<a href="https://www.postgresql.org/docs/18/protocol-message-formats.html">message formats</a>).
 */
final class Message {
    /** The type of a connection's first message, which has no byte for it. */
    static final char FIRST = 0;

    private static final int LARGEST = 1 << 30;

    private final char type;
    private final byte[] wire;

    private Message(char type, byte[] wire) {
        this.type = type;
        this.wire = wire;
    }

    /** Reads the next one; empty at the stream's end. */
    static Optional<Message> read(DataInputStream in) throws IOException {
        int type = in.read();
        return type < 0 ? Optional.empty() : Optional.of(read((char) type, in));
    }

    /** Reads a connection's first one; empty if there is none. */
    static Optional<Message> readFirst(DataInputStream in) throws IOException {
        try {
            return Optional.of(read(FIRST, in));
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private static Message read(char type, DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < Integer.BYTES || length > LARGEST) {
            throw new IOException("not PostgreSQL's protocol: a message of " + length + " bytes");
        }
        int header = headerLength(type);
        byte[] wire = new byte[header - Integer.BYTES + length];
        wire[0] = (byte) type;
        ByteBuffer.wrap(wire).putInt(header - Integer.BYTES, length);
        in.readFully(wire, header, wire.length - header);
        return new Message(type, wire);
    }

    private static int headerLength(char type) {
        return type == FIRST ? Integer.BYTES : 1 + Integer.BYTES;
    }

    char type() {
        return type;
    }

    /** Sends it on as it came. */
    void writeTo(OutputStream out) throws IOException {
        out.write(wire);
    }

    /** What follows the length, to be read field by field. */
    Body body() {
        return new Body();
    }

    /** Reads the body's fields one after the other. */
    final class Body {
        private final ByteBuffer rest = ByteBuffer.wrap(wire).position(headerLength(type));

        /** Text up to the next zero byte. */
        String text() {
            int start = rest.position();
            while (rest.get() != 0) {
                // until the end of the text
            }
            return new String(wire, start, rest.position() - 1 - start, StandardCharsets.UTF_8);
        }

        char letter() {
            return (char) rest.get();
        }

        int number() {
            return rest.getInt();
        }
    }
}
