package dev.confab.adapter.persistence.file.disk;

/** Another process has the data directory open. */
public final class DirectoryInUse extends DirectoryRefused {
    private static final long serialVersionUID = 1L;

    public DirectoryInUse(String message) {
        super(message);
    }
}
