package dev.confab.bootstrap.operation;

import dev.confab.adapter.persistence.file.FileStoreCannotOpen;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the start why the directory cannot be served. */
final class FileStoreCannotOpenAnalyzer extends AbstractFailureAnalyzer<FileStoreCannotOpen> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FileStoreCannotOpen cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()),
                "Nothing was changed. Do as the message says, or start with another directory: "
                        + "--confab.file.directory=<directory>.",
                cause);
    }
}
