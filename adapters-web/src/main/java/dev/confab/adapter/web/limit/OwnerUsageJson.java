package dev.confab.adapter.web.limit;

import dev.confab.adapter.web.response.OwnerLimitsJson;
import dev.confab.domain.access.Limits;
import dev.confab.domain.query.Usage;

/** The usage of an owner, the bin included, and the limits of the request that asks. */
record OwnerUsageJson(long conversations, long messages, long storedBytes, OwnerLimitsJson limits) {
    static OwnerUsageJson from(Usage usage, Limits limits) {
        return new OwnerUsageJson(usage.conversations(), usage.messages(), usage.bytes(), OwnerLimitsJson.from(limits));
    }
}
