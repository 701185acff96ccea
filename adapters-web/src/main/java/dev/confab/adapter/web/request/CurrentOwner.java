package dev.confab.adapter.web.request;

import dev.confab.domain.conversation.OwnerId;

/** Whose conversations the current request is about. */
@FunctionalInterface
public interface CurrentOwner {
    OwnerId get();
}
