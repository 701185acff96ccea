package dev.confab.bootstrap.architecture.broken.application.service;

/** What adapters must not know. */
public class Service {
}
