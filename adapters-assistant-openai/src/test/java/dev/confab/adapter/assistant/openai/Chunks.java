package dev.confab.adapter.assistant.openai;

/** Chunks of a stream, as OpenAI-compatible endpoints write them. */
final class Chunks {
    static final String DONE = "[DONE]";
    static final String ROLE = chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
    static final String STOP = chunk("{}", "\"stop\"");
    static final String TOOL_CALLS = chunk("{}", "\"tool_calls\"");

    private Chunks() {
    }

    static String text(String json) {
        return chunk("{\"content\":\"" + json + "\"}", "null");
    }

    static String finish(String reason) {
        return chunk("{}", "\"" + reason + "\"");
    }

    static String tool(int index, String id, String name, String arguments) {
        return toolCalls(
                "{\"index\":" + index + ",\"id\":\"" + id + "\",\"type\":\"function\",\"function\":{\"name\":\"" + name
                        + "\",\"arguments\":\"" + arguments + "\"}}");
    }

    static String toolArguments(int index, String json) {
        return toolCalls("{\"index\":" + index + ",\"function\":{\"arguments\":\"" + json + "\"}}");
    }

    /** @param fragments JSON objects, separated by commas; on one line */
    static String toolCalls(String fragments) {
        return chunk("{\"tool_calls\":[" + fragments.replace("\n", "") + "]}", "null");
    }

    static String usage(int prompt, int completion) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + completion
                + ",\"total_tokens\":" + (prompt + completion) + "}}";
    }

    private static String chunk(String delta, String finishReason) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                + "[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finishReason
                + "}],\"usage\":null}";
    }
}
