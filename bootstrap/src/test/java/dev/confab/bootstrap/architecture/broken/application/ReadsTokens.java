package dev.confab.bootstrap.architecture.broken.application;

import org.springframework.security.oauth2.jwt.Jwt;

/** A use case that knows how callers log in. */
record ReadsTokens(Jwt token) {
}
