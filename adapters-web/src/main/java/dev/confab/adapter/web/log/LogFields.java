package dev.confab.adapter.web.log;

import java.util.Optional;
import org.slf4j.MDC;

/** The fields that every log line of a request carries (SLF4J's MDC). */
public final class LogFields {
    public static final String REQUEST_ID = "requestId";
    private static final String CALLER = "caller";
    private static final String OWNER = "owner";

    private LogFields() {
    }

    /** @param caller the name of the credential, never a secret */
    public static void setCaller(String caller, String owner) {
        MDC.put(CALLER, oneLine(caller));
        MDC.put(OWNER, oneLine(owner));
    }

    /** The caller of the current request; "-" before the caller has logged in. */
    public static String caller() {
        return Optional.ofNullable(MDC.get(CALLER)).orElse("-");
    }

    static String requestId() {
        return Optional.ofNullable(MDC.get(REQUEST_ID)).orElse("-");
    }

    public static void clear() {
        MDC.remove(REQUEST_ID);
        MDC.remove(CALLER);
        MDC.remove(OWNER);
    }

    /** Owners may contain line breaks, which would look like another line of the log. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
    }
}
