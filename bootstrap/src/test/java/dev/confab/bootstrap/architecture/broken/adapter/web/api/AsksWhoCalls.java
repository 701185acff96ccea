package dev.confab.bootstrap.architecture.broken.adapter.web.api;

import org.springframework.security.core.Authentication;

/** A controller that decides itself what the caller may do. */
record AsksWhoCalls(Authentication caller) {
}
