package dev.confab.adapter.persistence.file.memory;

import dev.confab.domain.conversation.ConversationId;

/**
 * The indexes by which readers find conversations: by their sessions and turns, in the order of lists, and by what lists are filtered by. A
 * reader that finds a conversation in one of them looks at its state, so an index may hold more than the states say, and never less.
 */
public record StateIndexes(ActivityIndex activities, HeadIndex heads, FilterIndex filters) {

    /** The indexes of all conversations in the table. */
    public static StateIndexes of(ConversationTable table) {
        var indexes = new StateIndexes(new ActivityIndex(), new HeadIndex(), new FilterIndex());
        table.all().forEach(entry -> indexes.add(entry.id(), ConversationState.ABSENT, entry.state()));
        return indexes;
    }

    /** Publishes the entry's new state: what only the new one has is added before, and what only the old one had is removed after. */
    public void publish(ConversationEntry entry, ConversationState after) {
        ConversationState before = entry.state();
        add(entry.id(), before, after);
        entry.publish(after);
        filters.remove(before, after);
        heads.remove(before, after);
        activities.remove(entry.id(), before, after);
    }

    private void add(ConversationId id, ConversationState before, ConversationState after) {
        activities.add(id, before, after);
        heads.add(before, after);
        filters.add(before, after);
    }
}
