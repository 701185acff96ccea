package dev.confab.adapter.web.request;

import dev.confab.adapter.web.response.Responses;
import dev.confab.domain.conversation.Version;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The versions that the client has already, by {@code If-None-Match}. */
public record IfNoneMatch(boolean any, Set<Version> versions) {

    public boolean matches(Version version) {
        return any || versions.contains(version);
    }

    /** The response to a read, tagged with the version: 304 when the client has that version. */
    public <T> ResponseEntity<T> respond(Version version, T body) {
        String tag = Responses.tag(version);
        return matches(version)
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build()
                : ResponseEntity.ok().eTag(tag).body(body);
    }
}
