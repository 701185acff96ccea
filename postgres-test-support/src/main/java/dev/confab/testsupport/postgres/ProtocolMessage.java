package dev.confab.testsupport.postgres;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A message of PostgreSQL's protocol, version 3: one byte for its type, then an int32 that counts itself and the body
 * (<a href="https://www.postgresql.org/docs/18/protocol-message-formats.html">message formats</a>).
 */
final class ProtocolMessage {
    /** The type of a connection's first message, which has no type byte. */
    static final char FIRST = 0;

    private static final int LARGEST = 1 << 30;

    private final char type;
    private final byte[] wire;
    private final ByteBuffer body;

    private ProtocolMessage(char type, byte[] wire, ByteBuffer body) {
        this.type = type;
        this.wire = wire;
        this.body = body;
    }

    /** Reads the next message; empty at the end of the stream. */
    static Optional<ProtocolMessage> read(DataInputStream in) throws IOException {
        int type = in.read();
        return type < 0 ? Optional.empty() : Optional.of(read((char) type, in));
    }

    /** Reads the rest of a message of this type. */
    static ProtocolMessage read(char type, DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < Integer.BYTES || length > LARGEST) {
            throw new IOException("not PostgreSQL's protocol: a message of " + length + " bytes");
        }
        byte[] wire = new byte[type == FIRST ? length : 1 + length];
        ByteBuffer body = ByteBuffer.wrap(wire);
        if (type != FIRST) {
            body.put((byte) type);
        }
        body.putInt(length);
        in.readFully(wire, body.position(), body.remaining());
        return new ProtocolMessage(type, wire, body);
    }

    char type() {
        return type;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(wire);
    }

    /** The body, to be read field by field. */
    ByteBuffer body() {
        return body.duplicate();
    }

    /** Reads a text field, which ends with a zero byte. */
    static String text(ByteBuffer body) {
        int start = body.position();
        while (body.get() != 0) {
            // until the end of the text
        }
        byte[] text = new byte[body.position() - 1 - start];
        body.get(start, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
