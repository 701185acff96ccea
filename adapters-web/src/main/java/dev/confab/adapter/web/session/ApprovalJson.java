package dev.confab.adapter.web.session;

import dev.confab.domain.session.Approval;
import java.util.Optional;

/** The body of a request that approves or denies a tool call. */
record ApprovalJson(String callId, Boolean approved, Optional<String> reason) {

    ApprovalJson {
        var _ = new Approval(approved, reason);
    }

    Approval approval() {
        return new Approval(approved, reason);
    }
}
