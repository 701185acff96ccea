package dev.confab.domain.importjob;

/** The owner has no import job with this id. */
public final class ImportJobNotFound extends ImportJobException {
    private static final long serialVersionUID = 1;

    public ImportJobNotFound(ImportJobId id) {
        super("there is no import " + id);
    }
}
