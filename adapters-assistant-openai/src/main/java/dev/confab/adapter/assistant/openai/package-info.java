/**
 * The assistant behind an OpenAI-compatible chat-completions endpoint.
 *
 * <p>LangChain4j writes the request and puts the chunks together; the {@link dev.confab.adapter.assistant.openai.Exchange} with the endpoint is
 * made here, so that a stream that breaks off, a chunk that is none and a limit of the provider's are seen as what they are, and nothing the
 * provider said of the key gets out. What must not live here: a rule of turns or tools.
 */
@NullMarked
package dev.confab.adapter.assistant.openai;

import org.jspecify.annotations.NullMarked;
