package dev.confab.domain.statistics;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.Role;
import java.util.Comparator;
import java.util.Optional;

/**
 * Who wrote: the author, or the role where a message has none.
 *
 * @param role of the messages without an author; empty for an author, who may write in several
 */
public record Person(Optional<Author> author, Optional<Role> role) implements Comparable<Person> {
    private static final Comparator<Person> ORDER = Comparator.comparing(Person::name)
            .thenComparing(person -> person.role().isPresent());

    static Person of(Message message) {
        return message.author().isPresent()
                ? new Person(message.author(), Optional.empty())
                : new Person(Optional.empty(), Optional.of(message.role()));
    }

    /** The author's name, or the role's. */
    public String name() {
        return author.map(Author::name).or(() -> role.map(Role::name)).orElseThrow();
    }

    @Override
    public int compareTo(Person other) {
        return ORDER.compare(this, other);
    }
}
