/**
 * The API keys of a data directory: all in the file {@code keys.json}, and all in memory.
 *
 * <p>{@link dev.confab.adapter.persistence.file.key.ApiKeyFile} reads the file and replaces it as a whole.
 * {@link dev.confab.adapter.persistence.file.key.StoredApiKeys} holds the keys in memory and makes one change after the other durable.
 * {@link dev.confab.adapter.persistence.file.key.FileApiKeyStore} is the port over it: it decides what a change is.
 */
@NullMarked
package dev.confab.adapter.persistence.file.key;

import org.jspecify.annotations.NullMarked;
