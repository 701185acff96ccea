package dev.confab.bootstrap.architecture.broken.adapter.web.security;

import org.springframework.security.core.Authentication;

/** The one place that may know. */
record ChecksCallers(Authentication caller) {
}
