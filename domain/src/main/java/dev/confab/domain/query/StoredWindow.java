package dev.confab.domain.query;

import dev.confab.domain.session.Activity;

/** A window of a conversation in whatever state it is, and all its sessions and turns, the expired ones too, of the same commit. */
public record StoredWindow(ConversationWindow window, Activity activity) {
}
