package dev.confab.bootstrap.architecture.broken.bootstrap;

import org.springframework.web.bind.annotation.RestController;

@RestController
class ServesRequests {
}
