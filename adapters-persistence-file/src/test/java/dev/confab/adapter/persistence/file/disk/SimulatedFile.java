package dev.confab.adapter.persistence.file.disk;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/** A file of a {@link SimulatedDisk}: what readers see, what is durable, and which sectors differ. */
final class SimulatedFile {
    private static final int SECTOR = 512;

    private byte[] cached = {};
    private int size;
    private byte[] durable = {};
    private int durableSize;
    /** Sectors written since the last force, failed ones included. */
    private final BitSet dirty = new BitSet();
    /** The shortest the file has been since the last force. */
    private int shortest;

    /** A file with this content, all of it durable. */
    static SimulatedFile durable(byte[] content) {
        var file = new SimulatedFile();
        file.cached = content.clone();
        file.durable = content.clone();
        file.size = content.length;
        file.durableSize = content.length;
        file.shortest = content.length;
        return file;
    }

    int size() {
        return size;
    }

    boolean isDirty() {
        return !dirty.isEmpty();
    }

    byte[] read(long offset, int length) {
        int from = (int) Math.min(offset, size);
        return Arrays.copyOfRange(cached, from, (int) Math.min((long) from + length, size));
    }

    void write(int at, byte[] bytes, int length) {
        if (at + length > cached.length) {
            cached = Arrays.copyOf(cached, Math.max(at + length, 2 * cached.length));
        }
        System.arraycopy(bytes, 0, cached, at, length);
        size = Math.max(size, at + length);
        touch(at, at + length);
    }

    void truncate(int newSize) {
        if (newSize < size) {
            Arrays.fill(cached, newSize, size, (byte) 0);
            touch(newSize, size);
            size = newSize;
            shortest = Math.min(shortest, newSize);
        }
    }

    private void touch(int from, int to) {
        if (from < to) {
            dirty.set(from / SECTOR, (to - 1) / SECTOR + 1);
        }
    }

    void force() {
        if (size > durable.length) {
            durable = Arrays.copyOf(durable, Math.max(size, 2 * durable.length));
        }
        dirty.stream().forEach(this::keep);
        Arrays.fill(durable, size, durable.length, (byte) 0);
        durableSize = size;
        forgetDirty();
    }

    /** As on Linux: the error is reported once, the pages count as clean, and a later force does not write them. */
    void forceFails() {
        forgetDirty();
    }

    private void forgetDirty() {
        dirty.clear();
        shortest = size;
    }

    private void keep(int sector) {
        int from = sector * SECTOR;
        int to = Math.min(from + SECTOR, size);
        if (from < to) {
            System.arraycopy(cached, from, durable, from, to - from);
        }
    }

    /** What a crash leaves: any of the sectors not forced, and any length the file may have had. */
    byte[] afterCrash(Random random) {
        int longest = Math.max(size, durableSize);
        byte[] left = Arrays.copyOf(durable, longest);
        boolean all = random.nextInt(4) == 0;
        dirty.stream().filter(sector -> all || random.nextBoolean()).forEach(sector -> {
            int from = sector * SECTOR;
            for (int i = from; i < Math.min(from + SECTOR, longest); i++) {
                left[i] = i < size ? cached[i] : 0;
            }
        });
        return Arrays.copyOf(left, lengthAfterCrash(random, longest));
    }

    private int lengthAfterCrash(Random random, int longest) {
        int least = Math.min(shortest, durableSize);
        return switch (random.nextInt(4)) {
            case 0 -> size;
            case 1 -> durableSize;
            case 2 -> least;
            default -> least + random.nextInt(longest - least + 1);
        };
    }
}
