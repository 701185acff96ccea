package dev.confab.adapter.web.erasure;

import dev.confab.adapter.web.event.EventStreams;
import dev.confab.adapter.web.log.AuditLog;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.request.UnsupportedHeader;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.application.Erasures;
import dev.confab.domain.conversation.OwnerId;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything of one owner. */
@RestController
final class OwnerController {
    private final Erasures erasures;
    private final EventStreams streams;
    private final Receipts receipts;
    private final AuditLog audit;

    OwnerController(Erasures erasures, EventStreams streams, Receipts receipts, AuditLog audit) {
        this.erasures = erasures;
        this.streams = streams;
        this.receipts = receipts;
        this.audit = audit;
    }

    /** @param confirm the owner's name: with another one nothing is erased */
    @DeleteMapping(path = ApiPaths.OWNER, produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ErasureReceiptJson erase(Caller caller, @RequestParam OwnerId confirm) {
        OwnerId owner = caller.owner();
        if (!confirm.equals(owner)) {
            throw ProblemException.invalid("confirm: must be the name of the owner whose data are to be erased, "
                    + owner + ". Nothing was erased.");
        }
        ErasureReceiptJson receipt = receipts.receipt(erasures.erase(owner));
        streams.endAllOf(owner);
        audit.ownerErased(caller.name(), receipt.line());
        return receipt;
    }
}
