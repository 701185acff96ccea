package dev.confab.adapter.persistence.file.erasure;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.LineScanner;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.domain.conversation.OwnerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The member {@code owner} of the records of one owner, as it is in the files. Most files are only searched for its bytes; the lines that
 * have them are read, because the metadata of another owner's conversation may have a pair that looks the same.
 */
final class OwnerMember {
    private static final int BLOCK = 1 << 20;
    private static final String NAME = "owner";
    private static final String METADATA = "metadata";

    private final OwnerId owner;
    private final byte[] bytes;

    OwnerMember(OwnerId owner) {
        this.owner = owner;
        this.bytes = ("\"" + NAME + "\":" + StoredJson.MAPPER.writeValueAsString(owner.value()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a record in the file is the owner's, or may be: a line that cannot be read counts if it has the bytes. */
    boolean isIn(Disk disk, Path file) throws IOException {
        if (!hasBytes(disk, file)) {
            return false;
        }
        boolean[] found = {false};
        long end = LineScanner.scan(disk, file, Long.MAX_VALUE, (block, from, length, _) -> {
            found[0] = indexOf(block, from, from + length) >= 0 && isOwners(block, from, length);
            return !found[0];
        });
        // Behind the last newline there is a torn line or room for the next one.
        return found[0] || hasBytes(disk, file, end);
    }

    private boolean isOwners(byte[] line, int from, int length) {
        try {
            return isOwners(StoredJson.line(line, from, length)
                    .orElseGet(() -> StoredJson.MAPPER.readTree(line, from, length)));
        } catch (JacksonException damaged) {
            return true;
        }
    }

    private boolean isOwners(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream().anyMatch(member -> switch (member.getKey()) {
                case NAME -> member.getValue().isString() && member.getValue().stringValue().equals(owner.value());
                case METADATA -> false;
                default -> isOwners(member.getValue());
            });
        }
        return node.isArray() && node.valueStream().anyMatch(this::isOwners);
    }

    private boolean hasBytes(Disk disk, Path file) throws IOException {
        return hasBytes(disk, file, 0);
    }

    private boolean hasBytes(Disk disk, Path file, long start) throws IOException {
        long at = start;
        while (true) {
            byte[] block = disk.read(file, at, BLOCK + bytes.length);
            if (indexOf(block, 0, block.length) >= 0) {
                return true;
            }
            if (block.length < BLOCK + bytes.length) {
                return false;
            }
            // The next block begins so early that no match is cut.
            at += BLOCK;
        }
    }

    private int indexOf(byte[] block, int from, int to) {
        for (int start = from; start <= to - bytes.length; start++) {
            int same = 0;
            while (same < bytes.length && block[start + same] == bytes[same]) {
                same++;
            }
            if (same == bytes.length) {
                return start;
            }
        }
        return -1;
    }

    /** The owner of a conversation by its head in quarantine, whose checksum need not be right; empty when it cannot be read. */
    static Optional<OwnerId> ofHead(Disk disk, Path head) throws IOException {
        return StoredJson.ownerOfHead(disk.read(head, 0, Integer.MAX_VALUE - 8));
    }
}
