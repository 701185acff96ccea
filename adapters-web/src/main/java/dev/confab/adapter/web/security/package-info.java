/**
 * Who may do what. A request passes the filter chain of Spring Security: its bearer token is checked, then whether the caller has the
 * scope that the call needs, then the header {@code Confab-Owner}; {@code CallerFilter} leaves the {@code Caller} for the handlers.
 * A refusal is a problem with the header {@code WWW-Authenticate}.
 *
 * <p>An application imports exactly one of three configurations: {@code NoLogIn}, {@code ApiKeyLogIn} or {@code JwtLogIn}. None of them
 * is found by scanning, so that Spring Security is not loaded without log-in. Only this package and those below it use Spring Security.
 */
@NullMarked
package dev.confab.adapter.web.security;

import org.jspecify.annotations.NullMarked;
