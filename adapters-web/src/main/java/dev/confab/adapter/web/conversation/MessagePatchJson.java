package dev.confab.adapter.web.conversation;

import dev.confab.adapter.web.json.JsonObjectText;
import dev.confab.adapter.web.json.Patch;
import dev.confab.application.Messages.Edit;
import dev.confab.domain.conversation.InvalidValue;
import java.util.Map;
import java.util.Optional;

/** A merge patch of a message, whose text cannot be removed. */
record MessagePatchJson(Patch<String> text, Patch<JsonObjectText.MergePatch> data,
        Patch<Map<String, Optional<String>>> metadata) {

    MessagePatchJson {
        if (text instanceof Patch.Null) {
            throw new InvalidValue("text", "must be a string");
        }
    }

    Edit edit() {
        return new Edit(old -> text.apply(old, old, changed -> changed),
                old -> data.apply(old, Optional.empty(), patch -> Optional.of(patch.appliedTo(old))),
                old -> Patch.merged(old, metadata));
    }
}
