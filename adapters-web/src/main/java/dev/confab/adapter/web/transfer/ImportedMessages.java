package dev.confab.adapter.web.transfer;

import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationTransaction;
import java.util.ArrayList;
import tools.jackson.core.JsonPointer;

/** The messages of an import, which Jackson adds one by one. More than one commit can hold is rejected before it fills the memory. */
final class ImportedMessages extends ArrayList<Message> {
    private static final long serialVersionUID = 1L;
    private long weight;

    @Override
    public boolean add(Message message) {
        weight += message.weight();
        if (size() >= ConversationTransaction.MAX_CREATION_MESSAGES
                || weight > ConversationTransaction.MAX_CREATION_BYTES) {
            throw new ProblemException(ProblemCode.CONTENT_TOO_LARGE,
                    "An import may have at most " + ConversationTransaction.MAX_CREATION_MESSAGES
                            + " messages of together " + ConversationTransaction.MAX_CREATION_BYTES + " bytes; "
                            + ProblemException.fragment(JsonPointer.compile("/messages/" + size())) + " exceeds that.");
        }
        return super.add(message);
    }
}
