package dev.confab.bootstrap.demo;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the start why there is no demo. */
final class DemoCannotStartAnalyzer extends AbstractFailureAnalyzer<DemoCannotStart> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DemoCannotStart cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
