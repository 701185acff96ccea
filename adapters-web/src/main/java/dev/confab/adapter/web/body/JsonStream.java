package dev.confab.adapter.web.body;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/** A JSON body that a handler reads as it arrives, up to the size of an import. */
public final class JsonStream {
    private final HttpServletRequest request;
    private final long maxBytes;

    public JsonStream(HttpServletRequest request, long maxBytes) {
        this.request = request;
        this.maxBytes = maxBytes;
    }

    /** Opens the body, after its media type and declared size have been checked. */
    public InputStream open() throws IOException {
        return RequestBodies.open(request, maxBytes).orElseThrow(RequestBodies::missing);
    }
}
