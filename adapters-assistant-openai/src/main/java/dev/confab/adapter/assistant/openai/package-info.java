/**
 * The assistant behind an OpenAI-compatible chat-completions endpoint.
 *
 * <p>{@link dev.confab.adapter.assistant.openai.OpenAiAssistant} writes the question as JSON ({@code ChatRequest}) and makes up to three
 * attempts. Each attempt sends the request ({@code Endpoint}) and reads the response part by part ({@code ResponseBody}), splits it into
 * server-sent events ({@code SseParser}), binds each to a chunk ({@code ChatChunk}) and adds it to the answer ({@code StreamedAnswer}),
 * which passes text on as it arrives. Whatever goes wrong is an {@code AttemptFailed}, which says whether another attempt may help.
 *
 * <p>Rules of turns and tools do not belong here.
 */
@NullMarked
package dev.confab.adapter.assistant.openai;

import org.jspecify.annotations.NullMarked;
