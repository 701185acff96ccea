package dev.confab.domain.importjob;

import dev.confab.domain.ConfabException;

/** A request about import jobs was rejected. */
public abstract sealed class ImportJobException extends ConfabException
        permits ImportJobNotFound, ImportJobIdReused, TooManyImportJobs {
    private static final long serialVersionUID = 1;

    ImportJobException(String message) {
        super(message);
    }
}
