/**
 * Keeps what an owner stores within the owner's quotas, for every write that a request makes: {@link
 * dev.confab.application.quota.QuotaStore} is put before the store. The usage is read from the store now and then, and in between the
 * writes that went through here are added.
 */
@NullMarked
package dev.confab.application.quota;

import org.jspecify.annotations.NullMarked;
