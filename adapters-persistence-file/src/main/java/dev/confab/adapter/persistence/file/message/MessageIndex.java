package dev.confab.adapter.persistence.file.message;

import dev.confab.domain.conversation.MessageId;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Where each message is in a messages file: offset, version and id by position, and position by id, in about 40 bytes a message.
 *
 * <p>{@link #with} shares the arrays when they have room. Why that is right: an index never reads entries past its count (its hash table
 * skips them), and the one thread that extends it, the checkpoint's, publishes the longer index safely.
 */
final class MessageIndex {
    private final int count;
    private final long[] ends;
    private final long[] versions;
    private final long[] ids;
    /** A hash table with open addressing: positions by id; 0 is free. */
    private final int[] buckets;

    private MessageIndex(int count, long[] ends, long[] versions, long[] ids, int[] buckets) {
        this.count = count;
        this.ends = ends;
        this.versions = versions;
        this.ids = ids;
        this.buckets = buckets;
    }

    static MessageIndex empty(int capacity) {
        int room = Math.max(4, capacity);
        return new MessageIndex(0, new long[room], new long[room], new long[2 * room], new int[bucketsFor(room)]);
    }

    int count() {
        return count;
    }

    /** This index and one more message, whose line ends before the offset {@code end}. An index may be extended once. */
    MessageIndex with(MessageId id, long version, long end) {
        MessageIndex target = count < ends.length ? this : grown();
        target.ends[count] = end;
        target.versions[count] = version;
        target.ids[2 * count] = id.value().getMostSignificantBits();
        target.ids[2 * count + 1] = id.value().getLeastSignificantBits();
        int position = count + 1;
        target.insert(position);
        return new MessageIndex(position, target.ends, target.versions, target.ids, target.buckets);
    }

    /** The offset of the line of the message at this position, 1..count. */
    long start(int position) {
        return position == 1 ? 0 : ends[position - 2];
    }

    /** The offset behind that line. */
    long end(int position) {
        return ends[position - 1];
    }

    long version(int position) {
        return versions[position - 1];
    }

    OptionalInt find(MessageId id) {
        long high = id.value().getMostSignificantBits();
        long low = id.value().getLeastSignificantBits();
        for (int bucket = bucket(high, low);; bucket = bucket + 1 & buckets.length - 1) {
            int position = buckets[bucket];
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
        return 64 + 32 * ends.length + 4 * buckets.length;
    }

    private void insert(int position) {
        int bucket = bucket(ids[2 * position - 2], ids[2 * position - 1]);
        while (buckets[bucket] != 0) {
            bucket = bucket + 1 & buckets.length - 1;
        }
        buckets[bucket] = position;
    }

    private MessageIndex grown() {
        int room = ends.length * 2;
        var larger = new MessageIndex(count, Arrays.copyOf(ends, room), Arrays.copyOf(versions, room),
                Arrays.copyOf(ids, 2 * room), new int[bucketsFor(room)]);
        for (int position = 1; position <= count; position++) {
            larger.insert(position);
        }
        return larger;
    }

    /** A power of two, at most half full. */
    private static int bucketsFor(int room) {
        return Integer.highestOneBit(Math.max(8, room * 2 - 1)) * 2;
    }

    private int bucket(long high, long low) {
        long mixed = (high ^ low) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & buckets.length - 1;
    }
}
