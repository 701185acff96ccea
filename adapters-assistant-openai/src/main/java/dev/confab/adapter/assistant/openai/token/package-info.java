/**
 * Counts the tokens of what an OpenAI-compatible endpoint is told, in the form in which the package above writes it.
 *
 * <p>{@link dev.confab.adapter.assistant.openai.token.ModelTokenCounter} chooses the encoding by the model's name ({@code Models}). {@code
 * ChatEncoding} knows what surrounds each text, {@code TextCounter} counts the texts: with OpenAI's own encodings ({@code BpeCounter}), or
 * by their length.
 */
@NullMarked
package dev.confab.adapter.assistant.openai.token;

import org.jspecify.annotations.NullMarked;
