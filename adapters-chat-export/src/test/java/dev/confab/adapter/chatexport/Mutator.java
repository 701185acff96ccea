package dev.confab.adapter.chatexport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damages files in the ways that happen, and in those that somebody would choose. */
record Mutator(Random random) {
    private static final String[] VALUES = {"null", "true", "-1", "1e400", "1E999999999", "[]", "{}", "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"", "\"../../etc/passwd\"", "99999999999999999999", "[[[[]]]]", "{\"a\":{}}"};
    private static final byte[][] PIECES = {bytes("\u0000"), bytes("\uFEFF"), bytes("\u202E"), bytes("\n\n"),
            bytes("{"), bytes("]"),
            bytes("\""), bytes("\\"), bytes("99/99/9999, 99:99 - x: y\n"), bytes("[".repeat(3_000)),
            bytes("{\"children\":[".repeat(2_000)), {(byte) 0xFF, (byte) 0xC0}};

    Bytes mutated(Bytes file) {
        byte[] bytes = file.bytes().clone();
        for (int i = 0, count = 1 + random.nextInt(4); i < count; i++) {
            bytes = once(bytes);
        }
        return new Bytes(file.name(), bytes);
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length < 2) {
            return new byte[]{1, 2, 3};
        }
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextBoolean() ? 20 : 2_000));
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(bytes, from + 1);
            case 1 -> replaced(bytes, from, to, new byte[0]);
            case 2 -> replaced(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
            case 3 -> replaced(bytes, from, from, PIECES[random.nextInt(PIECES.length)]);
            case 4, 5 -> value(bytes, from);
            default -> {
                byte[] changed = bytes.clone();
                changed[from] = (byte) random.nextInt(256);
                yield changed;
            }
        };
    }

    /** Puts another value behind a colon: a member of another type. */
    private byte[] value(byte[] bytes, int from) {
        int colon = from;
        while (colon < bytes.length && bytes[colon] != ':') {
            colon++;
        }
        int end = colon;
        while (end < bytes.length && bytes[end] != ',' && bytes[end] != '}' && bytes[end] != '\n') {
            end++;
        }
        return colon == bytes.length
                ? bytes
                : replaced(bytes, colon + 1, Math.max(colon + 1, end), bytes(VALUES[random.nextInt(VALUES.length)]));
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        byte[] changed = new byte[bytes.length - (to - from) + by.length];
        System.arraycopy(bytes, 0, changed, 0, from);
        System.arraycopy(by, 0, changed, from, by.length);
        System.arraycopy(bytes, to, changed, from + by.length, bytes.length - to);
        return changed;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
