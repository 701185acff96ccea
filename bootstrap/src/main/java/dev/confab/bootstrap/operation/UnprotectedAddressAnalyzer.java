package dev.confab.bootstrap.operation;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the start what to do about an address that is not protected. */
final class UnprotectedAddressAnalyzer extends AbstractFailureAnalyzer<UnprotectedAddress> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnprotectedAddress cause) {
        return new FailureAnalysis(cause.getMessage(),
                "Leave " + cause.setting()
                        + " at 127.0.0.1. To reach Confab from elsewhere, put a reverse proxy that logs "
                        + "people in on this machine, or use an SSH tunnel.",
                cause);
    }
}
