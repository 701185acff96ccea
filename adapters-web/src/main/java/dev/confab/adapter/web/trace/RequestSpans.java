package dev.confab.adapter.web.trace;

import dev.confab.adapter.web.problem.RequestIds;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import jakarta.servlet.ServletException;
import java.util.Optional;
import org.apache.coyote.CloseNowException;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerHttpObservationDocumentation.LowCardinalityKeyNames;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * What the meter and the span of a request contain: Spring's method, template of the path, status, outcome and class of the exception. The
 * span has the request's id instead of the path, in which a client may write anything.
 */
@Component
final class RequestSpans extends DefaultServerRequestObservationConvention {

    @Override
    public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
        return Optional.ofNullable(context.getCarrier()).flatMap(RequestIds::known)
                .map(id -> KeyValues.of("requestId", id))
                .orElseGet(KeyValues::empty);
    }

    /** The failure that closes the connection, without the exception by which Tomcat closes it. */
    @Override
    protected KeyValue exception(ServerRequestObservationContext context) {
        return context.getError() instanceof CloseNowException closed && closed.getCause() != null
                ? KeyValue.of(LowCardinalityKeyNames.EXCEPTION, root(closed.getCause()).getClass().getSimpleName())
                : super.exception(context);
    }

    private static Throwable root(Throwable failed) {
        return failed instanceof ServletException wrapper && wrapper.getRootCause() != null
                ? wrapper.getRootCause()
                : failed;
    }
}
