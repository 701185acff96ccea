package dev.confab.adapter.web.conversation;

import dev.confab.adapter.web.json.MetadataPatch;
import dev.confab.adapter.web.json.Patch;
import dev.confab.application.Conversations.Change;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Title;
import java.util.Optional;

/** A merge patch of a conversation. */
record ConversationPatchJson(Patch<Title> title, Patch<MetadataPatch> metadata) {

    Change change() {
        return new Change(old -> title.apply(old, Optional.empty(), Optional::of),
                old -> metadata.apply(old, Metadata.EMPTY, patch -> patch.applyTo(old)));
    }
}
