package dev.confab.adapter.assistant.offline;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.terms.Terms;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers a question by quoting an earlier message of the user. */
final class ConversationRecall {
    private static final int MAX_QUOTE_LENGTH = 500;
    /** Words that do not tell what a question is about, and what follows an apostrophe. */
    private static final Set<String> STOP_WORDS = Set.of("a", "about", "am", "an", "and", "any", "are", "at", "be",
            "but",
            "by", "can", "could", "d", "did", "do", "does", "don", "for", "from", "had", "has", "have", "he", "how",
            "i", "if",
            "in", "is", "it", "its", "ll", "m", "me", "my", "no", "not", "of", "on", "or", "our", "please", "re", "s",
            "say", "said", "she",
            "so", "t", "tell", "that", "the", "their", "them", "then", "there", "they", "this", "to", "us", "ve", "was",
            "we",
            "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "yes", "you", "your");

    private final List<Message> messages;

    /** @param messages the last one is the question */
    ConversationRecall(List<Message> messages) {
        this.messages = messages;
    }

    String answer(String question) throws InterruptedException {
        Set<String> terms = Terms.of(question);
        if (terms.containsAll(Set.of("how", "many", "messages"))) {
            return countMessages();
        }
        var wanted = new HashSet<>(terms);
        wanted.removeAll(STOP_WORDS);
        return bestMatch(wanted)
                .map(match -> "Earlier you wrote: “" + shorten(match.text(), MAX_QUOTE_LENGTH) + "”")
                .orElse(Command.HELP);
    }

    private String countMessages() {
        long yours = messages.stream().filter(message -> message.role() == Role.USER).count();
        return "I see " + messages.size() + (messages.size() == 1 ? " message" : " messages")
                + " of this conversation, including the one you just wrote; " + yours + (yours == 1 ? " is" : " are")
                + " from you.";
    }

    /** The user's earlier message with the most wanted words; the latest if several have as many. */
    private Optional<Message> bestMatch(Set<String> wanted) throws InterruptedException {
        Optional<Message> best = Optional.empty();
        long most = 0;
        for (Message message : messages.subList(0, messages.size() - 1)) {
            // A long conversation takes a while to search, and a cancelled turn must end soon.
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while searching the conversation");
            }
            long matches = message.role() == Role.USER ? countMatches(wanted, message.text()) : 0;
            if (matches > 0 && matches >= most) {
                best = Optional.of(message);
                most = matches;
            }
        }
        return best;
    }

    private static long countMatches(Set<String> wanted, String text) {
        // Commands are not quoted: /echo would always match its own answer.
        return wanted.isEmpty() || text.startsWith("/") ? 0 : Terms.of(text).stream().filter(wanted::contains).count();
    }

    /** Cuts a text to a length in chars, an ellipsis included, and never splits a surrogate pair. */
    static String shorten(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }
}
