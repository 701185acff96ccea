package dev.confab.domain.importjob;

import dev.confab.domain.importjob.ReportItem.Note;
import dev.confab.domain.importjob.ReportItem.OfConversation;
import dev.confab.domain.importjob.ReportItem.OfMessage;
import dev.confab.domain.importjob.ReportItem.Refused;
import dev.confab.domain.importjob.ReportItem.RefusedMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far a job has come.
 *
 * @param position how many things in the file are done: chats, and what is reported between them
 * @param format of the file, once it is known
 * @param refused chats, branches or larger parts of the file
 * @param highlights the first refusals and notes, at most {@link #MAX_HIGHLIGHTS}
 */
public record ImportProgress(long position, Optional<String> format, Map<ConversationOutcome, Long> conversations,
        Map<MessageOutcome, Long> messages, long refused, long refusedMessages, List<ReportItem> highlights) {
    public static final int MAX_HIGHLIGHTS = 20;
    public static final ImportProgress NONE = new ImportProgress(0, Optional.empty(), Map.of(), Map.of(), 0, 0,
            List.of());
    private static final int OTHER_FIELDS = 4;

    public ImportProgress {
        conversations = Map.copyOf(conversations);
        messages = Map.copyOf(messages);
        highlights = List.copyOf(highlights);
    }

    public long count(ConversationOutcome outcome) {
        return conversations.getOrDefault(outcome, 0L);
    }

    public long count(MessageOutcome outcome) {
        return messages.getOrDefault(outcome, 0L);
    }

    /** Whether everything that was read is stored. */
    public boolean isComplete() {
        return refused + refusedMessages == 0;
    }

    /** Whether nothing of the file is stored. */
    public boolean isEmpty() {
        return conversations.isEmpty();
    }

    /** After one more thing of the file, with these items. */
    public ImportProgress plus(List<ReportItem> items) {
        var nowConversations = new EnumMap<ConversationOutcome, Long>(ConversationOutcome.class);
        nowConversations.putAll(conversations);
        var nowMessages = new EnumMap<MessageOutcome, Long>(MessageOutcome.class);
        nowMessages.putAll(messages);
        long nowRefused = refused;
        long nowRefusedMessages = refusedMessages;
        var nowHighlights = new ArrayList<>(highlights);
        for (ReportItem item : items) {
            switch (item) {
                case OfConversation conversation -> nowConversations.merge(conversation.outcome(), 1L, Long::sum);
                case OfMessage message -> nowMessages.merge(message.outcome(), 1L, Long::sum);
                case Refused _ -> nowRefused++;
                case RefusedMessage _ -> nowRefusedMessages++;
                case Note _ -> {
                    // Only among the highlights.
                }
            }
            boolean isPlain = item instanceof OfConversation || item instanceof OfMessage;
            if (!isPlain && nowHighlights.size() < MAX_HIGHLIGHTS) {
                nowHighlights.add(item);
            }
        }
        return new ImportProgress(position + 1, format, nowConversations, nowMessages, nowRefused, nowRefusedMessages,
                nowHighlights);
    }

    /** After the format became known. */
    public ImportProgress ofFormat(String name) {
        return new ImportProgress(position + 1, Optional.of(name), conversations, messages, refused, refusedMessages,
                highlights);
    }

    /** As {@link ImportJob#progress} has it. */
    public String text() {
        var counts = Stream.of(Stream.of(ConversationOutcome.values()).map(this::count),
                Stream.of(MessageOutcome.values()).map(this::count)).flatMap(each -> each).map(Object::toString);
        String[] fields = Stream.concat(Stream.of(Long.toString(position), format.orElse(""), Long.toString(refused),
                Long.toString(refusedMessages)), counts).toArray(String[]::new);
        return ReportLines.line(fields) + ReportLines.write(highlights);
    }

    /** Throws {@link IllegalArgumentException} for what {@link #text} cannot have returned. */
    public static ImportProgress of(ImportJob job) {
        if (job.progress().isEmpty()) {
            return NONE;
        }
        String[] lines = job.progress().split("\n", 2);
        String[] fields = ReportLines.fields(lines[0]);
        var conversations = new EnumMap<ConversationOutcome, Long>(ConversationOutcome.class);
        var messages = new EnumMap<MessageOutcome, Long>(MessageOutcome.class);
        int field = OTHER_FIELDS;
        for (ConversationOutcome outcome : ConversationOutcome.values()) {
            conversations.put(outcome, Long.valueOf(fields[field++]));
        }
        for (MessageOutcome outcome : MessageOutcome.values()) {
            messages.put(outcome, Long.valueOf(fields[field++]));
        }
        return new ImportProgress(Long.parseLong(fields[0]), Optional.of(fields[1]).filter(name -> !name.isEmpty()),
                nonZero(conversations), nonZero(messages), Long.parseLong(fields[2]), Long.parseLong(fields[3]),
                ReportLines.read(lines[1]));
    }

    private static <E> Map<E, Long> nonZero(Map<E, Long> counts) {
        return counts.entrySet().stream().filter(entry -> entry.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
