package dev.confab.application;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.conversation.VersionConflict;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionVersionConflict;
import java.util.Set;

/** What a client says must still hold for its write to be made. */
public sealed interface Precondition {

    /** Whatever is there: a write without a precondition is never refused for being late. */
    record None() implements Precondition {
    }

    /** The version is one of these; none can be when the set is empty. */
    record OneOf(Set<Version> versions) implements Precondition {
        public OneOf {
            versions = Set.copyOf(versions);
        }
    }

    /** Throws {@link VersionConflict} unless the conversation's version is as expected. */
    default void check(Conversation conversation) {
        check(conversation, conversation.version());
    }

    /** Throws {@link VersionConflict} unless the message's own version is as expected. */
    default void check(Conversation conversation, Message message) {
        check(conversation, message.version());
    }

    /** Throws {@link SessionVersionConflict} unless the session's own version is as expected. */
    default void check(Session session) {
        if (!admits(session.version())) {
            throw new SessionVersionConflict(session.id(), session.version());
        }
    }

    private void check(Conversation conversation, Version current) {
        if (!admits(current)) {
            throw new VersionConflict(conversation.id(), current);
        }
    }

    private boolean admits(Version current) {
        return !(this instanceof OneOf(var versions)) || versions.contains(current);
    }
}
