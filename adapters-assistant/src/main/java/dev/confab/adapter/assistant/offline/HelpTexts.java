package dev.confab.adapter.assistant.offline;

/** Explains the commands to the user. */
final class HelpTexts {
    static final String ECHO_USAGE = "Usage: /echo TEXT repeats the text.";
    static final String SLOW_USAGE = "Usage: /slow MILLISECONDS TEXT repeats the text with a pause of 0 to "
            + Command.MAX_PAUSE_MILLIS + " milliseconds before each word.";
    static final String SEARCH_USAGE = "Usage: /search WORDS searches for messages with these words; at most "
            + Command.MAX_SEARCH_LENGTH + " characters.";
    static final String TIME_USAGE = "Usage: /time or /time ZONE, such as /time Europe/Berlin, tells the time.";
    static final String HELP = """
            I am the offline assistant: I answer from this conversation alone, by simple rules. Ask about something you wrote \
            earlier and I find it again, ask "how many messages?", or use a command:
            /echo TEXT – I repeat the text.
            /slow MILLISECONDS TEXT – I repeat it with a pause before each word.
            /fail REASON – I fail for that reason.
            /search WORDS – I call the tool that searches your conversations.
            /time [ZONE] – I call the tool that tells the time.""";

    private HelpTexts() {
    }
}
