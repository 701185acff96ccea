package dev.confab.bootstrap.architecture.broken.domain.port;

/** The one driven port that the web may use. */
public interface ChangeFeed {
}
