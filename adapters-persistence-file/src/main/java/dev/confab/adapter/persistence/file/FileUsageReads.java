package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.memory.ConversationState;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.query.Usage;

/** Adds up the usages of an owner's conversations, from their states in memory. */
record FileUsageReads(Snapshots snapshots) implements UsageReader {
    @Override
    public Usage usage(OwnerId owner) {
        return snapshots.states()
                .filter(state -> state.head().map(Conversation::owner).filter(owner::equals).isPresent())
                .map(FileUsageReads::of).reduce(Usage.NONE, Usage::plus);
    }

    private static Usage of(ConversationState state) {
        return new Usage(1, state.messages().count(), state.messages().weight());
    }
}
