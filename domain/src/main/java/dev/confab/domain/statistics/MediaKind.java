package dev.confab.domain.statistics;

/** What kind of file was sent. {@code OTHER} is also a file that is only known to have been sent. */
public enum MediaKind {
    IMAGE, VIDEO, AUDIO, STICKER, DOCUMENT, CONTACT, OTHER
}
