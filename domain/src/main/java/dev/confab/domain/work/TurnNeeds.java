package dev.confab.domain.work;

import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Turn;

/** What an unfinished turn needs at the end of a transaction: its prompt, or if it waits, a turn that it waits for. */
final class TurnNeeds {
    private TurnNeeds() {
    }

    /**
     * Checks the state that the transaction leaves. Without its prompt, an unfinished turn could not be answered; without a turn that ends
     * before it, one that waits would wait for ever. Throws {@link IllegalArgumentException} if either is so.
     */
    static void check(ConversationTransaction transaction) {
        transaction.activity().next().ifPresent(turn -> {
            throw new IllegalArgumentException("turn " + turn.id() + " waits, and no other turn runs or awaits an "
                    + "approval; it must begin or end in the same commit");
        });
        transaction.activity().openTurn().filter(turn -> !hasPrompt(transaction, turn)).ifPresent(turn -> {
            throw new IllegalArgumentException("turn " + turn.id() + " is unfinished and its prompt is gone");
        });
    }

    private static boolean hasPrompt(ConversationTransaction transaction, Turn turn) {
        boolean live = transaction.find().filter(head -> !head.isDeleted()).isPresent();
        return live && transaction.message(turn.promptId()).filter(prompt -> !prompt.isRemoved()).isPresent();
    }
}
