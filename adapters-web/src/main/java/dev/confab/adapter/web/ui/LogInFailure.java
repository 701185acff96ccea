package dev.confab.adapter.web.ui;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a log-in at the issuer ended without one. The page of the log-in says it to the person. */
public enum LogInFailure {
    REFUSED("%s did not log you in."), UNAVAILABLE("%s cannot be reached now. Try again in a moment."), EXPIRED(
            "The log-in took more than ten minutes, or was begun again in another tab. Start once more."), UNSUITABLE(
                    "%s logged you in, but not for this service. Its operator finds the reason in the audit log."), FAILED(
                            "The log-in at %s failed. The operator of this service finds the reason in the audit log.");

    private final String sentence;

    LogInFailure(String sentence) {
        this.sentence = sentence;
    }

    /** @param issuer the host of the issuer */
    public String sentence(String issuer) {
        return sentence.formatted(issuer);
    }

    /** As it is in the address of the page. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a code that no failure has. */
    public static Optional<LogInFailure> of(String code) {
        return Arrays.stream(values()).filter(failure -> failure.code().equals(code)).findFirst();
    }
}
