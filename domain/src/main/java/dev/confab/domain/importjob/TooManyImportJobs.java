package dev.confab.domain.importjob;

/** The owner has as many unfinished jobs as an owner may have. */
public final class TooManyImportJobs extends ImportJobException {
    private static final long serialVersionUID = 1;

    public TooManyImportJobs(int limit) {
        super("the owner has " + limit + " imports that have not ended, and may have no more");
    }
}
