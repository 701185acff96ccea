package dev.confab.adapter.assistant.offline;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command that a prompt gives the offline assistant. */
sealed interface Command {

    /** Repeat the text, with a pause before each word. */
    record Echo(String text, Duration pauseBeforeWord) implements Command {
    }

    /** Fail for this reason. */
    record Fail(String reason) implements Command {
    }

    /** Call the search tool. */
    record Search(String words) implements Command {
    }

    /** Call the clock tool. */
    record Time(Optional<String> zone) implements Command {
    }

    /** Explain a command that is unknown or incomplete. */
    record Explain(String explanation) implements Command {
    }

    /** Answer a question from the conversation. Every prompt without a command is one. */
    record Ask(String question) implements Command {
    }

    int MAX_PAUSE_MILLIS = 60_000;
    int MAX_SEARCH_LENGTH = 1_000;
    int MAX_ZONE_LENGTH = 64;
    String ECHO_USAGE = "Usage: /echo TEXT repeats the text.";
    String SLOW_USAGE = "Usage: /slow MILLISECONDS TEXT repeats the text with a pause of 0 to " + MAX_PAUSE_MILLIS
            + " milliseconds before each word.";
    String SEARCH_USAGE = "Usage: /search WORDS searches for messages with these words; at most " + MAX_SEARCH_LENGTH
            + " characters.";
    String TIME_USAGE = "Usage: /time or /time ZONE, such as /time Europe/Berlin, tells the time.";
    String HELP = """
            I am the offline assistant: I answer from this conversation alone, by simple rules. Ask about something you wrote \
            earlier and I find it again, ask "how many messages?", or use a command:
            /echo TEXT – I repeat the text.
            /slow MILLISECONDS TEXT – I repeat it with a pause before each word.
            /fail REASON – I fail for that reason.
            /search WORDS – I call the tool that searches your conversations.
            /time [ZONE] – I call the tool that tells the time.""";
    Pattern COMMAND = Pattern.compile("\\s*/(\\S*)\\s?(.*)", Pattern.DOTALL);
    Pattern SLOW_ARGUMENTS = Pattern.compile("\\s*(\\d{1,5})\\s(.*\\S.*)", Pattern.DOTALL);

    static Command parse(String prompt) {
        Matcher command = COMMAND.matcher(prompt);
        if (!command.matches()) {
            return new Ask(prompt);
        }
        String arguments = command.group(2);
        String stripped = arguments.strip();
        return switch (command.group(1)) {
            case "echo" -> stripped.isEmpty() ? new Explain(ECHO_USAGE) : new Echo(arguments, Duration.ZERO);
            case "slow" -> slow(arguments);
            case "fail" -> new Fail(stripped.isEmpty() ? "No reason was given." : stripped);
            case "search" -> stripped.isEmpty() || arguments.length() > MAX_SEARCH_LENGTH
                    ? new Explain(SEARCH_USAGE)
                    : new Search(stripped);
            case "time" -> stripped.length() > MAX_ZONE_LENGTH
                    ? new Explain(TIME_USAGE)
                    : new Time(Optional.of(stripped).filter(zone -> !zone.isEmpty()));
            default -> new Explain(HELP);
        };
    }

    private static Command slow(String text) {
        Matcher arguments = SLOW_ARGUMENTS.matcher(text);
        if (!arguments.matches() || Integer.parseInt(arguments.group(1)) > MAX_PAUSE_MILLIS) {
            return new Explain(SLOW_USAGE);
        }
        return new Echo(arguments.group(2), Duration.ofMillis(Integer.parseInt(arguments.group(1))));
    }
}
