package dev.confab.adapter.web.request;

import jakarta.servlet.http.HttpServletRequest;

/** Says who makes a request. Takes the request instead of asking the thread, so that no other thread can ask. */
@FunctionalInterface
public interface CurrentCaller {
    Caller of(HttpServletRequest request);
}
