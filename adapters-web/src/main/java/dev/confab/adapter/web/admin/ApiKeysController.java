package dev.confab.adapter.web.admin;

import dev.confab.adapter.web.json.JsonBody;
import dev.confab.adapter.web.log.AuditLog;
import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.request.PageRequest;
import dev.confab.adapter.web.request.UnsupportedHeader;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.response.PageJson;
import dev.confab.application.ApiKeys;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.conversation.OwnerId;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** API keys: making, listing and revoking them. */
@RestController
final class ApiKeysController {
    private static final int MAX_LIMIT = 100;
    private final ApiKeys keys;
    private final AuditLog audit;

    ApiKeysController(ApiKeys keys, AuditLog audit) {
        this.keys = keys;
        this.audit = audit;
    }

    @PostMapping(path = ApiPaths.API_KEYS, produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(value = Caller.OWNER_HEADER, advice = Caller.NOT_FOR_ADMIN)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<IssuedApiKeyJson> create(Caller caller, @JsonBody NewApiKeyJson body) {
        ApiKeys.Issued issued = body.issue(keys);
        audit.keyCreated(caller.name(), issued.key());
        return ResponseEntity.status(HttpStatus.CREATED).body(IssuedApiKeyJson.from(issued));
    }

    @GetMapping(path = ApiPaths.API_KEYS, produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(value = Caller.OWNER_HEADER, advice = Caller.NOT_FOR_ADMIN)
    PageJson<ApiKeyJson> list(@RequestParam Optional<OwnerId> owner, PageRequest page) {
        int limit = page.limitUpTo(MAX_LIMIT);
        String listing = "API keys of " + owner;
        // One more than the page shows whether there is another page.
        List<ApiKey> read = keys.list(owner, page.after(listing, place -> ApiKeyId.parse(place[0])), limit + 1);
        List<ApiKey> shown = read.subList(0, Math.min(limit, read.size()));
        return new PageJson<>(shown.stream().map(ApiKeyJson::from).toList(),
                shown.size() == read.size() ? null : page.next(listing, shown.getLast().id()));
    }

    /** Revoking a key again succeeds and changes nothing. */
    @DeleteMapping(ApiPaths.API_KEYS + "/{keyId}")
    @UnsupportedHeader(value = Caller.OWNER_HEADER, advice = Caller.NOT_FOR_ADMIN)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<Void> revoke(Caller caller, @PathVariable ApiKeyId keyId) {
        audit.keyRevoked(caller.name(), keys.revoke(keyId));
        return ResponseEntity.noContent().build();
    }
}
