package dev.confab.adapter.assistant.offline;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Terms;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers a question from the conversation. */
final class Recollection {
    private static final int MAX_QUOTE_LENGTH = 500;
    /** Words that say nothing of what a sentence is about. */
    private static final Set<String> COMMON = Set.of("a", "about", "am", "an", "and", "any", "are", "at", "be", "but",
            "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "how", "i", "if",
            "in", "is", "it", "its", "me", "my", "no", "not", "of", "on", "or", "our", "please", "say", "said", "she",
            "so", "tell", "that", "the", "their", "them", "then", "there", "they", "this", "to", "us", "was", "we",
            "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "yes", "you", "your");

    private final List<Message> messages;

    /** @param messages the last one is the question */
    Recollection(List<Message> messages) {
        this.messages = messages;
    }

    String answer(String question) throws InterruptedException {
        Set<String> terms = Terms.of(question);
        if (terms.containsAll(Set.of("how", "many", "messages"))) {
            return count();
        }
        var wanted = new HashSet<>(terms);
        wanted.removeAll(COMMON);
        return earlier(wanted).map(found -> "Earlier you wrote: “" + quote(found.text()) + "”").orElse(Texts.HELP);
    }

    private String count() {
        long yours = messages.stream().filter(message -> message.role() == Role.USER).count();
        return "I see " + messages.size() + (messages.size() == 1 ? " message" : " messages")
                + " of this conversation, yours just now included; " + yours
                + (yours == 1 ? " is" : " are") + " from you.";
    }

    /** The user's message that shares most of the words; of several the latest. */
    private Optional<Message> earlier(Set<String> wanted) throws InterruptedException {
        Optional<Message> best = Optional.empty();
        long most = 0;
        for (Message message : messages.subList(0, messages.size() - 1)) {
            // Long conversations take a while, and whoever cancels should not wait for it.
            if (Thread.interrupted()) {
                throw new InterruptedException("told to stop remembering");
            }
            long shared = message.role() == Role.USER ? shared(wanted, message.text()) : 0;
            if (shared > 0 && shared >= most) {
                best = Optional.of(message);
                most = shared;
            }
        }
        return best;
    }

    private static long shared(Set<String> wanted, String text) {
        // A command is no memory: what it said is its own repetition.
        return wanted.isEmpty() || text.startsWith("/") ? 0 : Terms.of(text).stream().filter(wanted::contains).count();
    }

    private static String quote(String text) {
        return cut(text, MAX_QUOTE_LENGTH);
    }

    /** The beginning of a text, never half a surrogate pair. */
    static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }
}
