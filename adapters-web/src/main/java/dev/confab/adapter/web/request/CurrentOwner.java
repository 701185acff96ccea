package dev.confab.adapter.web.request;

import dev.confab.domain.conversation.OwnerId;

/** The owner on whose behalf the current request is made. */
@FunctionalInterface
public interface CurrentOwner {
    OwnerId get();
}
