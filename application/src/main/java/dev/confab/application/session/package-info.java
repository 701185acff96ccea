/**
 * The use cases on sessions: create, activate, change, make permanent, clear, delete, and the sweep of expired sessions and conversations.
 *
 * <p>A session belongs to a conversation, so each use case first looks up the conversation and then runs one transaction on it.
 */
@NullMarked
package dev.confab.application.session;

import org.jspecify.annotations.NullMarked;
