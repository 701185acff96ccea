package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.json.JsonBody;
import dev.confab.adapter.web.json.NoMembers;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.ui.LogIn;
import dev.confab.adapter.web.ui.LogInFailure;
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

/** Where a person logs in, and out. */
@Controller
final class LogInController {
    private final ObjectProvider<LogIn> logIn;

    LogInController(ObjectProvider<LogIn> logIn) {
        this.logIn = logIn;
    }

    /** @param next the path of the page to show then */
    record Token(String token, Optional<String> next) {
    }

    /** @param failed the code of the reason why the issuer's log-in ended without one */
    @GetMapping(path = UiPaths.LOG_IN, produces = MediaType.TEXT_HTML_VALUE)
    String page(@RequestParam Optional<String> next, @RequestParam Optional<String> failed, Model model) {
        required().issuer().ifPresent(issuer -> {
            model.addAttribute("issuer", issuer);
            model.addAttribute("atIssuer", UiPaths.LOG_IN_AT_ISSUER);
            failed.flatMap(LogInFailure::of)
                    .ifPresent(failure -> model.addAttribute("failure", failure.sentence(issuer)));
        });
        model.addAttribute("next", UiPaths.afterLogIn(next));
        return "chat/log-in";
    }

    @PostMapping(UiPaths.LOG_IN)
    ResponseEntity<Void> logIn(HttpServletRequest request, @JsonBody Token body) {
        return leadTo(UiPaths.afterLogIn(body.next()), required().cookie(body.token().strip(), request));
    }

    @PostMapping(UiPaths.LOG_OUT)
    ResponseEntity<Void> logOut(HttpServletRequest request, @JsonBody(optional = true) NoMembers body) {
        return leadTo(UiPaths.LOG_IN, required().noCookie(request));
    }

    private static ResponseEntity<Void> leadTo(String page, ResponseCookie cookie) {
        return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, cookie.toString()).header("HX-Redirect", page)
                .build();
    }

    private LogIn required() {
        return Optional.ofNullable(logIn.getIfAvailable()).orElseThrow(() -> ProblemException.ofStatus(404));
    }
}
