package dev.confab.bootstrap.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The history of a group, as a phone exports it: a line for each message, {@code [2019-04-16 03:01] Mary: Reprehenderit id aute}, and more
 * lines for a text with line breaks. The lines are made here, or they are those of the file that the system property {@code
 * confab.test.chat} names, again and again with other times.
 */
final class GroupChat {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final Pattern LINE = Pattern.compile("\\[(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d)] ([^:]{1,100}): (.*)");
    private static final List<String> AUTHORS = List.of("Mary", "John", "+1 123 456 789", "Jörg Müller", "母さん");
    private static final List<String> WORDS = List.of("lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "elit",
            "sed", "do", "eiusmod", "tempor", "incididunt", "labore", "et", "dolore", "magna", "aliqua", "Straße");
    private static final List<String> ENDINGS = List.of(".", " 🇩🇰", " 🏊🏻", "?", " ✈", "…", " 👩‍👩‍👧", "!");
    private static final LocalDateTime START = LocalDateTime.of(2019, 4, 16, 2, 9);

    private GroupChat() {
    }

    /** A message as a client brings it in. */
    record Said(UUID id, String author, Instant at, String text) {
    }

    /** So many messages, in order; the same ones each time. */
    static List<Said> messages(int count) throws IOException {
        List<Said> once = parsed(lines());
        Duration span = Duration.between(once.getFirst().at(), once.getLast().at()).plusMinutes(1);
        int times = (count + once.size() - 1) / once.size();
        // The last repetition has the times of the file, because a message must not be of the future.
        return IntStream.range(0, times).boxed()
                .flatMap(time -> once.stream()
                        .map(said -> new Said(new UUID(0x4000 + time, said.id().getLeastSignificantBits()),
                                said.author(), said.at().minus(span.multipliedBy(times - 1L - time)), said.text())))
                .limit(count).toList();
    }

    private static List<String> lines() throws IOException {
        Optional<Path> file = Optional.ofNullable(System.getProperty("confab.test.chat")).map(Path::of);
        return file.isPresent() ? Files.readAllLines(file.get()) : made(2_000);
    }

    private static List<String> made(int count) {
        var random = new Random(1);
        var lines = new ArrayList<String>();
        LocalDateTime time = START;
        for (int i = 0; i < count; i++) {
            time = time.plusMinutes(random.nextInt(40));
            String text = Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size()))).limit(3 + random.nextInt(25))
                    .collect(Collectors.joining(" "));
            lines.add("[" + TIME.format(time) + "] " + AUTHORS.get(random.nextInt(AUTHORS.size())) + ": " + text
                    + ENDINGS.get(random.nextInt(ENDINGS.size())));
            if (random.nextInt(20) == 0) {
                lines.add("and a second line");
            }
        }
        return lines;
    }

    private static List<Said> parsed(List<String> lines) {
        var messages = new ArrayList<Said>();
        for (String line : lines) {
            Matcher message = LINE.matcher(line);
            if (message.matches()) {
                Instant at = LocalDateTime.parse(message.group(1), TIME).toInstant(ZoneOffset.UTC);
                messages.add(new Said(new UUID(0x4000, 0x8000000000000000L | messages.size()), message.group(2), at,
                        message.group(3)));
            } else if (!messages.isEmpty()) {
                Said last = messages.removeLast();
                messages.add(new Said(last.id(), last.author(), last.at(), last.text() + "\n" + line));
            }
        }
        return messages;
    }
}
