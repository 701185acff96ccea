package dev.confab.adapter.chatexport;

import dev.confab.domain.chatexport.ChatFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A file in memory. */
record Bytes(String name, byte[] bytes) implements ChatFile {

    /** One of the exports in the test resources. */
    static Bytes sample(String path) {
        try (var in = Bytes.class.getResourceAsStream("/exports/" + path)) {
            return new Bytes(path.substring(path.lastIndexOf('/') + 1), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Bytes text(String name, String text) {
        return new Bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** An archive with these texts. */
    static Bytes zip(String name, Map<String, String> entries) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Bytes(name, out.toByteArray());
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
        if (position >= bytes.length) {
            return -1;
        }
        int read = (int) Math.min(length, bytes.length - position);
        System.arraycopy(bytes, (int) position, target, offset, read);
        return read;
    }
}
