package dev.confab.bootstrap.store;

/**
 * What the rest of the application needs to know about the store that runs. Every wiring class of a store declares it as a bean.
 *
 * @param name as in {@code confab.persistence}
 * @param location where conversations are stored, for the log: {@code the directory /home/ann/data}
 * @param cursorSecret signs cursors unless {@code confab.cursor-secret} is set. Every instance over the same storage has the same
 *     one, before and after a restart, so that a cursor from one instance is valid in all of them.
 */
public record StoreInfo(String name, String location, String cursorSecret) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "StoreInfo[name=" + name + ", location=" + location + "]";
    }
}
