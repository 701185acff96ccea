package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.json.JsonBody;
import dev.confab.adapter.web.json.NoMembers;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.ui.LogIn;
import dev.confab.adapter.web.ui.UiPaths;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a person logs in with a token, and out. */
@Controller
final class LogInController {
    private final ObjectProvider<LogIn> logIn;

    LogInController(ObjectProvider<LogIn> logIn) {
        this.logIn = logIn;
    }

    /** @param next the path of the page to show then */
    record Token(String token, Optional<String> next) {
    }

    @GetMapping(path = UiPaths.LOG_IN, produces = MediaType.TEXT_HTML_VALUE)
    String page(@RequestParam Optional<String> next, Model model) {
        LogIn _ = required();
        model.addAttribute("next", own(next));
        return "chat/log-in";
    }

    @PostMapping(UiPaths.LOG_IN)
    ResponseEntity<Void> logIn(HttpServletRequest request, @JsonBody Token body) {
        var cookie = cookie(request, required().cookie(body.token().strip(), request.getRemoteAddr())).build();
        return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, cookie.toString())
                .header("HX-Redirect", own(body.next())).build();
    }

    @PostMapping(UiPaths.LOG_OUT)
    ResponseEntity<Void> logOut(HttpServletRequest request, @JsonBody(optional = true) NoMembers body) {
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie(request, "").maxAge(0).build().toString())
                .header("HX-Redirect", UiPaths.LOG_IN).build();
    }

    private LogIn required() {
        return Optional.ofNullable(logIn.getIfAvailable()).orElseThrow(() -> ProblemException.ofStatus(404));
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(HttpServletRequest request, String value) {
        return ResponseCookie.from(LogIn.COOKIE, value).path("/").httpOnly(true).secure(request.isSecure())
                .sameSite("Lax");
    }

    /** Only a page of this service: a link with another one would lead there after the log-in. */
    private static String own(Optional<String> next) {
        return next.filter(path -> path.matches("/chat(/[0-9a-f-]{36})?")).orElse(UiPaths.CHAT);
    }
}
