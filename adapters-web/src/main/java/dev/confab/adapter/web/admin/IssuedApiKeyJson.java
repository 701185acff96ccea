package dev.confab.adapter.web.admin;

import dev.confab.application.ApiKeys;

/** A new API key with its token, which is shown in this response only. */
record IssuedApiKeyJson(ApiKeyJson key, String token) {
    static IssuedApiKeyJson from(ApiKeys.Issued issued) {
        return new IssuedApiKeyJson(ApiKeyJson.from(issued.key()), issued.token().text());
    }

    /** Without the token, so that a log cannot show it. */
    @Override
    public String toString() {
        return "token of " + key;
    }
}
