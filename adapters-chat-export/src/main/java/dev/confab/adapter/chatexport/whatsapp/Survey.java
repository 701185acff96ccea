package dev.confab.adapter.chatexport.whatsapp;

import dev.confab.adapter.chatexport.file.Entry;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the first reading of a chat finds out.
 *
 * @param style of the first header; others are quotations
 * @param example a date of the file, for questions
 */
record Survey(String style, DateNumbers example, DateOrders dates, Set<String> authors) {
    private static final int MAX_AUTHORS = 10_000;
    /** A chat begins with a header, perhaps behind empty lines. */
    private static final int FIRST_LINES = 20;

    /** Empty when the text does not begin as a chat does. */
    static Optional<Survey> of(Entry entry, LocalDate latest) throws IOException {
        try (var lines = new TextLines(entry)) {
            Optional<Header> first = firstHeader(lines);
            if (first.isEmpty()) {
                return Optional.empty();
            }
            var survey = new Survey(first.get().style(), first.get().date(), new DateOrders(latest), new HashSet<>());
            survey.add(first.get());
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                Header.of(line.get()).filter(survey::isMessage).ifPresent(survey::add);
            }
            return Optional.of(survey);
        }
    }

    static boolean isChat(Entry entry) {
        try (var lines = new TextLines(entry)) {
            return firstHeader(lines).isPresent();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Optional<Header> firstHeader(TextLines lines) throws IOException {
        for (int i = 0; i < FIRST_LINES; i++) {
            Optional<String> line = lines.next();
            if (line.isEmpty() || !line.get().isBlank()) {
                return line.flatMap(Header::of);
            }
        }
        return Optional.empty();
    }

    boolean isMessage(Header header) {
        return header.style().equals(style);
    }

    private void add(Header header) {
        dates.add(header.date());
        if (authors.size() < MAX_AUTHORS) {
            Written.author(header.rest()).ifPresent(authors::add);
        }
    }
}
