package dev.confab.domain.importjob;

/** The id belongs to a job that another request created. */
public final class ImportJobIdReused extends ImportJobException {
    private static final long serialVersionUID = 1;

    public ImportJobIdReused(ImportJobId id) {
        super("import " + id + " was created by another request");
    }
}
