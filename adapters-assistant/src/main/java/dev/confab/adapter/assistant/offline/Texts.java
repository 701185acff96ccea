package dev.confab.adapter.assistant.offline;

/** What the assistant says of itself. */
final class Texts {
    static final String ECHO_USAGE = "Usage: /echo TEXT says the text.";
    static final String SLOW_USAGE = "Usage: /slow MILLISECONDS TEXT says the text with a pause of 0 to "
            + Command.MAX_PAUSE_MILLIS + " milliseconds before each word.";
    static final String SEARCH_USAGE = "Usage: /search WORDS looks for messages with these words; at most "
            + Command.MAX_WORDS_LENGTH + " characters.";
    static final String TIME_USAGE = "Usage: /time or /time ZONE, such as /time Europe/Berlin, tells the time.";
    static final String HELP = """
            I am the offline assistant: I answer from this conversation alone, by plain rules. Ask about something you wrote \
            earlier and I find it again, ask "how many messages?", or tell me:
            /echo TEXT – I say the text.
            /slow MILLISECONDS TEXT – I say it with a pause before each word.
            /fail REASON – I fail for that reason.
            /search WORDS – I ask for the tool that searches your conversations.
            /time [ZONE] – I ask for the tool that tells the time.""";

    private Texts() {
    }
}
