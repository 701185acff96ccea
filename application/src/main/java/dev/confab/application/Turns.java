package dev.confab.application;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.util.List;

/** Use cases on turns. Every call throws the error "not found" of what it names for what is not the owner's. */
public interface Turns {

    /**
     * Starts a turn: in one commit the prompt is appended, or for a regeneration all after the last prompt is dropped, and the turn
     * begins. It runs from then on, whatever becomes of the caller. The same request again gives that turn.
     *
     * @throws dev.confab.domain.session.TurnInProgress the conversation has an unfinished turn
     * @throws dev.confab.domain.session.TurnIdReused the id is another request's, in this conversation or another of the owner's
     * @throws dev.confab.domain.conversation.MessageIdReused the prompt's id is another message's
     * @throws dev.confab.domain.session.NothingToRegenerate there is no prompt to answer anew
     */
    CreateResult<Turn> start(OwnerId owner, SessionId session, Start request);

    Turn get(OwnerId owner, TurnId id);

    /** Those that are kept, latest first; at most {@code Activity.MAX_TURNS}. */
    List<Turn> list(OwnerId owner, ConversationId conversation);

    /** Ends it, keeping what has been said as a message; a finished turn stays as it is. */
    Turn cancel(OwnerId owner, TurnId id);

    /**
     * Says yes or no to a tool call, once; after the last answer the turn runs again, here.
     *
     * @throws dev.confab.domain.session.ToolCallNotFound no such call, or it needs no approval
     * @throws dev.confab.domain.session.ToolCallAlreadyAnswered another answer was given before
     * @throws dev.confab.domain.session.TurnFinished it is over
     */
    Turn answer(OwnerId owner, TurnId id, String callId, Approval answer);

    /** What is to be answered. */
    sealed interface Start {
        RequestedId id();

        /** A new message of the user's. */
        record Prompt(RequestedId id, RequestedId messageId, String text) implements Start {
        }

        /** The last prompt, anew. */
        record Regeneration(RequestedId id) implements Start {
        }
    }
}
