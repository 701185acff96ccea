package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everyone in one conversation, over HTTP (S3, S5). */
@Tag("process")
class HotConversationTest {
    private static final int CLIENTS = 64;
    private static final int READERS = 4;
    private static final int FILLER = 200;

    @TempDir
    Path directory;

    @Test
    void sixty_four_clients_append_to_one_conversation_while_others_read_it() throws Exception {
        appendToOneConversation(20);
    }

    @Test
    @Tag("campaign")
    void sixty_four_clients_append_fifty_messages_each_to_one_conversation_while_others_read_it() throws Exception {
        appendToOneConversation(50);
    }

    private void appendToOneConversation(int appends) throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        try (ServerProcess server = ServerProcess.serving(directory.resolve("data"));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Api api = server.api();
            String conversation = api.startConversation();
            List<AppendingClient> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> new AppendingClient("c" + i, conversation, random.split(), FILLER)).toList();
            var done = new AtomicBoolean();
            var readers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> readUntil(done, api, conversation)));
            }

            double seconds = Crowd.append(clients, client -> api, appends);
            done.set(true);
            int reads = 0;
            for (Future<Integer> reader : readers) {
                reads += reader.get();
            }

            System.out.printf("%d appends to one conversation in %.1f s, beside %d reads; seed %d%n",
                    CLIENTS * appends, seconds, reads, seed);
            assertThat(api.messages(conversation)).hasSize(CLIENTS * appends);
            Ledger.verify(api, clients, "seed " + seed);
        }
    }

    /** Each answer is a stretch without gaps, and never ends before an earlier one did. */
    private static int readUntil(AtomicBoolean done, Api api, String conversation) throws IOException {
        int last = 0;
        int reads = 0;
        while (!done.get()) {
            List<Api.Stored> latest = api.page(conversation, "order=desc&limit=50");
            int end = latest.isEmpty() ? 0 : latest.getFirst().position();
            assertThat(end).as("the conversation got shorter").isGreaterThanOrEqualTo(last);
            assertThat(latest).extracting(Api.Stored::position).isEqualTo(
                    IntStream.range(0, Math.min(50, end)).mapToObj(i -> end - i).toList());
            last = end;
            reads++;
        }
        return reads;
    }
}
