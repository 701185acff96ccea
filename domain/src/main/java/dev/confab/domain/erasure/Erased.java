package dev.confab.domain.erasure;

/**
 * What an erasure removed. Of a conversation that could not be read, the messages, sessions and turns are not counted.
 *
 * @param conversations live, in the bin and damaged
 * @param sessions those included that had expired and were not yet swept away
 * @param unattributed parts of the storage that cannot be read and whose owner is unknown; they were left
 */
public record Erased(int conversations, long messages, long sessions, long turns, int unattributed) {
    public static final Erased NOTHING = new Erased(0, 0, 0, 0, 0);

    public Erased plus(Erased other) {
        return new Erased(conversations + other.conversations, messages + other.messages, sessions + other.sessions,
                turns + other.turns, unattributed + other.unattributed);
    }

    public Erased withUnattributed(int parts) {
        return new Erased(conversations, messages, sessions, turns, parts);
    }
}
