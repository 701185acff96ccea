package dev.confab.adapter.web.security.browser;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/** Cookies that no script reads, that no form of another site brings along, and that go over TLS only if they came over it. */
public final class HttpOnlyCookies {
    private HttpOnlyCookies() {
    }

    public static ResponseCookie.ResponseCookieBuilder make(String name, String value, HttpServletRequest request) {
        return ResponseCookie.from(name, value).path("/").httpOnly(true).secure(request.isSecure()).sameSite("Lax");
    }

    /** The value of the first cookie of that name. */
    public static Optional<String> find(String name, HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies()).flatMap(Stream::of)
                .filter(cookie -> cookie.getName().equals(name)).findFirst().map(Cookie::getValue);
    }
}
