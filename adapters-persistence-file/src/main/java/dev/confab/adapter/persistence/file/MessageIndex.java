package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.MessageId;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Where the messages of a messages file stand: offset, version and id by position, and position by id, in primitive arrays of
 * about 40 bytes a message.
 *
 * <p>An index is immutable up to its count, and {@link #with} shares the arrays when they have room. Why that is right: entries
 * past an index's count are never read by it (a slot of the hash table that names one is passed over), and the one thread that
 * extends, the checkpoint, publishes the longer index safely.
 */
final class MessageIndex {
    private final int count;
    private final long[] ends;
    private final long[] versions;
    private final long[] ids;
    private final int[] slots;

    private MessageIndex(int count, long[] ends, long[] versions, long[] ids, int[] slots) {
        this.count = count;
        this.ends = ends;
        this.versions = versions;
        this.ids = ids;
        this.slots = slots;
    }

    static MessageIndex empty(int capacity) {
        int room = Math.max(4, capacity);
        return new MessageIndex(0, new long[room], new long[room], new long[2 * room], new int[slotsFor(room)]);
    }

    int count() {
        return count;
    }

    /** The index with one message more, whose line ends (newline included) at this offset. Not for an index already extended. */
    MessageIndex with(MessageId id, long version, long end) {
        MessageIndex target = count < ends.length ? this : grown();
        target.ends[count] = end;
        target.versions[count] = version;
        target.ids[2 * count] = id.value().getMostSignificantBits();
        target.ids[2 * count + 1] = id.value().getLeastSignificantBits();
        int position = count + 1;
        target.insert(position);
        return new MessageIndex(position, target.ends, target.versions, target.ids, target.slots);
    }

    /** @param position 1..count */
    long start(int position) {
        return position == 1 ? 0 : ends[position - 2];
    }

    long end(int position) {
        return ends[position - 1];
    }

    long version(int position) {
        return versions[position - 1];
    }

    OptionalInt find(MessageId id) {
        long high = id.value().getMostSignificantBits();
        long low = id.value().getLeastSignificantBits();
        for (int slot = slot(high, low);; slot = slot + 1 & slots.length - 1) {
            int position = slots[slot];
            if (position == 0) {
                return OptionalInt.empty();
            }
            if (position <= count && ids[2 * position - 2] == high && ids[2 * position - 1] == low) {
                return OptionalInt.of(position);
            }
        }
    }

    /** In bytes of the heap. */
    int weight() {
        return 64 + 32 * ends.length + 4 * slots.length;
    }

    private void insert(int position) {
        int slot = slot(ids[2 * position - 2], ids[2 * position - 1]);
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = position;
    }

    private MessageIndex grown() {
        int room = ends.length * 2;
        var larger = new MessageIndex(count, Arrays.copyOf(ends, room), Arrays.copyOf(versions, room),
                Arrays.copyOf(ids, 2 * room), new int[slotsFor(room)]);
        for (int position = 1; position <= count; position++) {
            larger.insert(position);
        }
        return larger;
    }

    /** A power of two, at most half full. */
    private static int slotsFor(int room) {
        return Integer.highestOneBit(Math.max(8, room * 2 - 1)) * 2;
    }

    private int slot(long high, long low) {
        long mixed = (high ^ low) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & slots.length - 1;
    }
}
