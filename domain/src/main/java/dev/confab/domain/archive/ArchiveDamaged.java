package dev.confab.domain.archive;

import dev.confab.domain.ConfabException;

/** An archive cannot be read further: it was cut, it was changed, or it is no archive. */
public final class ArchiveDamaged extends ConfabException {
    private static final long serialVersionUID = 1L;

    /** @param reason a sentence without its full stop */
    public ArchiveDamaged(String reason) {
        super(reason);
    }
}
