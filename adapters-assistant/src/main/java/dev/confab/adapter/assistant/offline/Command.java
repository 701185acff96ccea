package dev.confab.adapter.assistant.offline;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the prompt tells the assistant to do. */
sealed interface Command {

    /** Says the text, with a pause before each word. */
    record Say(String text, Duration beforeEach) implements Command {
    }

    /** Fails for this reason. */
    record Fail(String reason) implements Command {
    }

    /** Asks for the search tool. */
    record Search(String words) implements Command {
    }

    /** Asks for the clock's tool. */
    record Time(Optional<String> zone) implements Command {
    }

    /** A command that is not understood: the explanation. */
    record Misunderstood(String explanation) implements Command {
    }

    /** Anything that is no command: a question to answer from the conversation. */
    record Ask(String question) implements Command {
    }

    int MAX_PAUSE_MILLIS = 60_000;
    int MAX_WORDS_LENGTH = 1_000;
    Pattern FORM = Pattern.compile("\\s*/(\\S*)\\s?(.*)", Pattern.DOTALL);
    Pattern SLOW_FORM = Pattern.compile("\\s*(\\d{1,5})\\s(.*\\S.*)", Pattern.DOTALL);

    static Command parse(String prompt) {
        Matcher form = FORM.matcher(prompt);
        if (!form.matches()) {
            return new Ask(prompt);
        }
        String rest = form.group(2);
        return switch (form.group(1)) {
            case "echo" -> rest.isBlank() ? new Misunderstood(Texts.ECHO_USAGE) : new Say(rest, Duration.ZERO);
            case "slow" -> slow(rest);
            case "fail" -> new Fail(rest.isBlank() ? "No reason was given." : rest.strip());
            case "search" -> rest.isBlank() || rest.length() > MAX_WORDS_LENGTH
                    ? new Misunderstood(Texts.SEARCH_USAGE)
                    : new Search(rest.strip());
            case "time" -> rest.strip().length() > 64
                    ? new Misunderstood(Texts.TIME_USAGE)
                    : new Time(Optional.of(rest.strip()).filter(zone -> !zone.isEmpty()));
            default -> new Misunderstood(Texts.HELP);
        };
    }

    private static Command slow(String rest) {
        Matcher form = SLOW_FORM.matcher(rest);
        if (!form.matches() || Integer.parseInt(form.group(1)) > MAX_PAUSE_MILLIS) {
            return new Misunderstood(Texts.SLOW_USAGE);
        }
        return new Say(form.group(2), Duration.ofMillis(Integer.parseInt(form.group(1))));
    }
}
