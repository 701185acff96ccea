package dev.confab.adapter.web.ui;

/** Log-in by a browser. There is none on a service without log-in. */
public interface LogIn {
    /** The name of the cookie that {@link #cookie} is the value of. */
    String COOKIE = "confab-log-in";

    /**
     * The value of the cookie with which a browser is logged in as the owner of the token.
     *
     * @param address of the client, for the audit log
     * @throws RuntimeException as the answer to a request with that token would be: it is not valid, or cannot be looked up now
     */
    String cookie(String token, String address);
}
