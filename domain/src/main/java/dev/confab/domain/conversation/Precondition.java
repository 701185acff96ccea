package dev.confab.domain.conversation;

import java.util.Set;

/** The versions at which a write is allowed: its optimistic lock. {@code Conversation.expect} and {@code Session.expect} check it. */
public sealed interface Precondition {

    /** Any version: the write is never rejected because something changed before it. */
    record None() implements Precondition {
    }

    /** One of these versions; an empty set admits none. */
    record OneOf(Set<Version> versions) implements Precondition {
        public OneOf {
            versions = Set.copyOf(versions);
        }
    }

    /** This version and no other. */
    static Precondition exactly(Version version) {
        return new OneOf(Set.of(version));
    }

    default boolean admits(Version current) {
        return switch (this) {
            case None() -> true;
            case OneOf(Set<Version> versions) -> versions.contains(current);
        };
    }
}
