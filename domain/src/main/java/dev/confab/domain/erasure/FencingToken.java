package dev.confab.domain.erasure;

import dev.confab.domain.conversation.OwnerId;

/**
 * Says which erasures of an owner came before a request. A request that may create a conversation takes it from the store before it
 * reads anything else, and its transaction commits only if the owner has not been erased since. It has a number and no time, so it does
 * not matter whether the clocks of several instances agree.
 *
 * @param number of the last erasure of the owner; 0 when the owner was never erased, or long ago. Later erasures have higher numbers
 */
public record FencingToken(OwnerId owner, long number) {
    public FencingToken {
        if (number < 0) {
            throw new IllegalArgumentException("the number of an erasure is not negative: " + number);
        }
    }
}
