package dev.confab.bootstrap.operation;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the start what the assistant lacks. */
final class AssistantNotConfiguredAnalyzer extends AbstractFailureAnalyzer<AssistantNotConfigured> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AssistantNotConfigured cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()),
                "confab.assistant.provider is openai: set confab.assistant.openai.base-url, such as "
                        + "http://localhost:11434/v1, and confab.assistant.openai.model; the key, where the endpoint wants one, "
                        + "in the environment as CONFAB_ASSISTANT_OPENAI_API_KEY. Or start with the assistant that needs no "
                        + "network: --confab.assistant.provider=offline.",
                cause);
    }
}
