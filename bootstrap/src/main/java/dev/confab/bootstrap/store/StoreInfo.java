package dev.confab.bootstrap.store;

/**
 * The properties of the running store that the rest of the application needs. Every wiring class of a store declares it as a bean.
 *
 * @param name as in {@code confab.persistence}
 * @param location where conversations are stored, for the log: {@code the directory /home/ann/data}
 * @param cursorSecret signs cursors unless {@code confab.cursor-secret} is set; the same for all instances over the same storage
 */
public record StoreInfo(String name, String location, String cursorSecret) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "StoreInfo[name=" + name + ", location=" + location + "]";
    }
}
