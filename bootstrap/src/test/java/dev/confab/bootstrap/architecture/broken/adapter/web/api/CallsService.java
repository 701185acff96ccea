package dev.confab.bootstrap.architecture.broken.adapter.web.api;

import dev.confab.bootstrap.architecture.broken.application.service.Service;

record CallsService(Service service) {
}
