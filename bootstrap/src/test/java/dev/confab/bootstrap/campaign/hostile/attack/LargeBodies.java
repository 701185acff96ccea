package dev.confab.bootstrap.campaign.hostile.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api;
import dev.confab.bootstrap.campaign.hostile.attack.RawRequest.Large;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;

/** Bodies of many megabytes: JSON that would be many times larger as a tree, and valid ones, several at once. */
public record LargeBodies(Api api, int port) {
    private static final Set<String> REFUSED = Set.of("400 invalid-request", "503 overloaded");
    private static final Set<String> ANSWERS = Set.of("201", "503 overloaded", "503 lock-timeout",
            "503 storage-unavailable", "503 outcome-unknown");
    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final int IMPORT_BYTES = 64 * 1024 * 1024;
    /** Bytes of the text of one message. */
    private static final int TEXT = 1_000_000;

    /** 8 MiB in which the title is an array of millions. */
    public void hostileTitle(Attack.Report report) throws IOException {
        String name = "8 MiB of title as an array";
        RawAnswer answer = RawRequest.postLarge(port, "/conversations", zeros("{\"title\":[", MAX_BYTES));
        report.answered(name, answer.expect(name, REFUSED).label());
    }

    /** 64 MiB in which a member of an import is an array of millions. */
    public void hostileImport(Attack.Report report) throws IOException {
        String name = "64 MiB of conversation as an array";
        RawAnswer answer = RawRequest.postChunked(port, "/conversations/import", zeros(
                "{\"format\":\"confab-conversation\",\"formatVersion\":1,\"conversation\":[", IMPORT_BYTES));
        report.answered(name, answer.expect(name, REFUSED).label());
    }

    private static Large zeros(String start, int bytes) {
        return new Large(start, "0,", (bytes - start.length() - 4) / 2, "0]}");
    }

    /** A new conversation with seven messages of a megabyte, which is then removed again; refused, it does not exist. */
    public void valid(Attack.Report report) throws IOException {
        String name = "7 MB of a new conversation";
        String path = "/conversations/" + UUID.randomUUID();
        String message = "{\"role\":\"user\",\"text\":\"" + "a".repeat(TEXT) + "\"}";
        String start = "{\"id\":\"" + path.substring(path.lastIndexOf('/') + 1) + "\",\"messages\":[";
        RawAnswer answer = RawRequest.postLarge(port, "/conversations",
                new Large(start, message + ",", 6, message + "]}"));
        report.answered(name, answer.expect(name, ANSWERS).label());
        if (answer.status() == 503 && !answer.label().endsWith("outcome-unknown")) {
            assertThat(Repeated.get(api, path).status()).as("a conversation that was refused").isEqualTo(404);
        } else {
            Repeated.remove(api, path);
        }
    }
}
