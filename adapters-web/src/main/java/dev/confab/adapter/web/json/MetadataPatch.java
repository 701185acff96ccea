package dev.confab.adapter.web.json;

import dev.confab.domain.conversation.Metadata;
import java.util.TreeMap;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.node.ObjectNode;

/** A merge patch of metadata: a string sets the value of its key, null removes the key. */
public record MetadataPatch(ObjectNode changes) {

    public MetadataPatch {
        changes.properties().forEach(change -> {
            if (!change.getValue().isString() && !change.getValue().isNull()) {
                throw new InvalidMember(JsonPointer.empty().appendProperty(change.getKey()),
                        "must be a string or null");
            }
        });
    }

    public Metadata applyTo(Metadata old) {
        var pairs = new TreeMap<>(old.pairs());
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                pairs.remove(change.getKey());
            } else {
                pairs.put(change.getKey(), change.getValue().stringValue());
            }
        });
        return new Metadata(pairs);
    }
}
