package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.adapter.web.ui.StoreStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What every whole page shows around its content. */
@Component
final class Shell {
    private final WebSettings settings;
    private final StoreStatus status;

    Shell(WebSettings settings, StoreStatus status) {
        this.settings = settings;
        this.status = status;
    }

    /** @param title of the page, for the browser's tab */
    void addTo(Model model, String title) {
        model.addAttribute("pageTitle", title);
        model.addAttribute("version", settings.version());
        model.addAttribute("hasLogIn", settings.hosts().logIn());
        addStatusTo(model);
    }

    void addStatusTo(Model model) {
        model.addAttribute("storeName", switch (settings.store()) {
            case "jpa" -> "PostgreSQL";
            case "file" -> "JSON files";
            default -> settings.store();
        });
        model.addAttribute("storeState", switch (status.now()) {
            case WORKS -> "works";
            case DEGRADED -> "degraded";
            case DOWN -> "down";
        });
    }
}
