package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.adapter.web.ui.UiPaths;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The root: leads a browser to the page, and tells a program where the API is. */
@RestController
final class HomeController {
    private final Map<String, String> places = new LinkedHashMap<>();

    HomeController(WebSettings settings) {
        places.put("service", "Confab");
        places.put("version", settings.version());
        places.put("api", ApiPaths.API);
        places.put("description", "/v3/api-docs");
        places.put("page", UiPaths.CHAT);
    }

    @GetMapping("/")
    ResponseEntity<Map<String, String>> home(@RequestHeader(HttpHeaders.ACCEPT) Optional<String> accepted) {
        return accepted.filter(types -> types.contains(MediaType.TEXT_HTML_VALUE)).isPresent()
                ? ResponseEntity.status(HttpStatus.FOUND).header(HttpHeaders.LOCATION, UiPaths.CHAT)
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT).build()
                : ResponseEntity.ok().header(HttpHeaders.VARY, HttpHeaders.ACCEPT).body(places);
    }
}
