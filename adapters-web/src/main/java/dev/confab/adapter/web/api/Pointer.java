package dev.confab.adapter.web.api;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Names a place in a request's body: a JSON pointer in its URI fragment form (RFC 6901, section 6). */
record Pointer(String fragment) {
    static final Pointer ROOT = new Pointer("#");

    Pointer child(String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        return new Pointer(fragment + "/" + UriUtils.encodeFragment(escaped, StandardCharsets.UTF_8));
    }

    Pointer child(int index) {
        return new Pointer(fragment + "/" + index);
    }
}
