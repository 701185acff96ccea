package dev.confab.adapter.web.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/** Log-in by a browser. There is none on a service without log-in. */
public interface LogIn {
    /**
     * The cookie with which a browser is logged in as the owner of the token.
     *
     * @throws RuntimeException as the answer to a request with that token would be: it is not valid, or cannot be looked up now
     */
    ResponseCookie cookie(String token, HttpServletRequest request);

    /** The cookie that ends the log-in. */
    ResponseCookie noCookie(HttpServletRequest request);

    /** The host of the issuer where a person can log in, at {@link UiPaths#LOG_IN_AT_ISSUER}; empty where only a token will do. */
    Optional<String> issuer();
}
