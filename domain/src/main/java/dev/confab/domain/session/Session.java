package dev.confab.domain.session;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.TextRules;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One participant's working context in a conversation: its instructions, model and variables. A decision ({@link #change}, {@link
 * #makePermanent}, …) returns the session as it would be, or an empty {@link Optional} when nothing would change.
 *
 * @param instructions for the assistant, before all messages; at most 64 KiB of UTF-8
 * @param model empty for the assistant's default
 * @param contextTokens how much of the conversation the assistant is told; empty for the default of the service
 * @param version starts at 1; every change of the session increments it by 1
 * @param activatedAt the session with the latest of these times is its owner's current one
 * @param digest of the request that created it
 */
public record Session(SessionId id, ConversationId conversationId, OwnerId owner, Optional<Title> name,
        Lifetime lifetime, Optional<String> instructions, Optional<String> model,
        Optional<TokenBudget> contextTokens, ContextVariables context, Version version, Instant createdAt,
        Instant updatedAt, Instant activatedAt, Digest digest) {
    public static final int MAX_INSTRUCTIONS_BYTES = 64 * 1024;
    public static final int MAX_MODEL_LENGTH = 200;

    public Session {
        Times.requireMillis(createdAt);
        Times.requireMillis(updatedAt);
        Times.requireMillis(activatedAt);
        instructions.ifPresent(text -> TextRules.text("instructions", text, MAX_INSTRUCTIONS_BYTES));
        model.ifPresent(text -> TextRules.characters("model", text, 1, MAX_MODEL_LENGTH));
    }

    /** How many tokens an assistant is told at most: 1..{@value #MAX}. */
    public record TokenBudget(int tokens) {
        /** More than the context of any current model. */
        public static final int MAX = 2_000_000;

        public TokenBudget {
            if (tokens < 1 || tokens > MAX) {
                throw new InvalidValue("tokens", "must be from 1 to " + MAX);
            }
        }
    }

    /** The part of a session that a client may set and change. */
    public record Settings(Optional<Title> name, Optional<String> instructions, Optional<String> model,
            Optional<TokenBudget> contextTokens, ContextVariables context) {
        public static final Settings NONE = new Settings(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), ContextVariables.EMPTY);
    }

    /** A new session. It becomes the owner's current one. */
    public static Session begin(SessionId id, ConversationId conversationId, OwnerId owner, Lifetime lifetime,
            Settings settings, Digest digest, Instant now) {
        return new Session(id, conversationId, owner, settings.name, lifetime, settings.instructions, settings.model,
                settings.contextTokens, settings.context, Version.FIRST, now, now, now, digest);
    }

    public Settings settings() {
        return new Settings(name, instructions, model, contextTokens, context);
    }

    public boolean isExpired(Instant now) {
        return lifetime.isOver(now);
    }

    /** As {@link dev.confab.domain.conversation.Message#weight()}. */
    public int weight() {
        return 512 + TextRules.utf8Length(context.json()) + instructions.map(TextRules::utf8Length).orElse(0);
    }

    public Optional<Session> change(UnaryOperator<Settings> change, Instant now) {
        Settings changed = change.apply(settings());
        return changed.equals(settings()) ? Optional.empty() : Optional.of(next(changed, lifetime, now));
    }

    /** Makes a temporary session permanent, with a new name if one is given. */
    public Optional<Session> makePermanent(Optional<Title> newName, Instant now) {
        var kept = new Settings(newName.or(() -> name), instructions, model, contextTokens, context);
        return lifetime.equals(new Lifetime.Permanent()) && kept.equals(settings())
                ? Optional.empty()
                : Optional.of(next(kept, new Lifetime.Permanent(), now));
    }

    /** Makes it the owner's current session. Clients cannot edit that, so the version stays. */
    public Session activate(Instant now) {
        return new Session(id, conversationId, owner, name, lifetime, instructions, model, contextTokens, context,
                version,
                createdAt, updatedAt, Times.later(activatedAt, now), digest);
    }

    /** Throws {@link SessionVersionConflict} unless the precondition admits the session's version. */
    public void expect(Precondition precondition) {
        if (!precondition.admits(version)) {
            throw new SessionVersionConflict(id, version);
        }
    }

    /** Whether {@code next} may replace this session in a store: it is a change of this version, or an activation. */
    boolean leadsTo(Session next) {
        boolean sameSession = next.id.equals(id) && next.conversationId.equals(conversationId)
                && next.owner.equals(owner) && next.createdAt.equals(createdAt) && next.digest.equals(digest);
        boolean livesAtLeastAsLong = next.lifetime.equals(lifetime) || next.lifetime instanceof Lifetime.Permanent;
        boolean isChangedBy = next.version.equals(version.next()) && next.activatedAt.equals(activatedAt);
        return sameSession && livesAtLeastAsLong && (isChangedBy || isActivatedBy(next));
    }

    private boolean isActivatedBy(Session next) {
        return next.version.equals(version) && next.lifetime.equals(lifetime) && next.updatedAt.equals(updatedAt)
                && next.settings().equals(settings()) && !next.activatedAt.isBefore(activatedAt);
    }

    private Session next(Settings changed, Lifetime newLifetime, Instant now) {
        return new Session(id, conversationId, owner, changed.name, newLifetime, changed.instructions, changed.model,
                changed.contextTokens, changed.context, version.next(), createdAt, Times.later(updatedAt, now),
                activatedAt, digest);
    }
}
