package dev.confab.bootstrap.architecture.broken.application;

import jakarta.servlet.http.HttpServletRequest;

record UsesServlet(HttpServletRequest request) {
}
