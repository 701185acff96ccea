package dev.confab.adapter.web.limit;

import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.application.Usages;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The owner's usage and limits. */
@RestController
final class UsageController {
    private final Usages usages;
    private final WebSettings settings;

    UsageController(Usages usages, WebSettings settings) {
        this.usages = usages;
        this.settings = settings;
    }

    @GetMapping(path = ApiPaths.USAGE, produces = MediaType.APPLICATION_JSON_VALUE)
    OwnerUsageJson usage(Caller caller) {
        return OwnerUsageJson.from(usages.of(caller.owner()), caller.limits().over(settings.limits()));
    }
}
