package dev.confab.bootstrap.campaign.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api.Stored;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conversation as its acknowledged changes make it, replayed in the order of their versions. */
final class ConversationHistory {
    private final List<Stored> messages = new ArrayList<>();
    private long version = 1;
    private @Nullable String title;
    private @Nullable String label;
    private boolean deleted;

    ConversationHistory() {
    }

    private ConversationHistory(ConversationHistory other) {
        messages.addAll(other.messages);
        version = other.version;
        title = other.title;
        label = other.label;
        deleted = other.deleted;
    }

    /**
     * Applies all changes of one version. A write that changed nothing has the version of a change before it; so at most one of them was
     * made, it is the next version, and afterwards all of them are true.
     */
    void apply(long next, List<AcknowledgedChange> changes) {
        if (!changes.stream().allMatch(this::isTrueOf)) {
            AcknowledgedChange made = changes.stream().filter(change -> explains(change, changes)).findFirst()
                    .orElseThrow(
                            () -> new AssertionError("no single change explains all that was acknowledged at version "
                                    + next + ": " + changes + "; the conversation is " + this));
            assertThat(next).as("version of %s; the changes before it end at version %d", made, version)
                    .isEqualTo(version + versions(made));
            make(made);
            version = next;
        }
        assertThat(version).as("version of %s, which changed nothing", changes).isEqualTo(next);
    }

    private boolean explains(AcknowledgedChange change, List<AcknowledgedChange> all) {
        if (change instanceof AcknowledgedChange.Read || isTrueOf(change)) {
            return false;
        }
        var after = new ConversationHistory(this);
        after.make(change);
        return all.stream().allMatch(after::isTrueOf);
    }

    private static int versions(AcknowledgedChange change) {
        return change instanceof AcknowledgedChange.Appended(var _, var appended) ? appended.size() : 1;
    }

    private void make(AcknowledgedChange change) {
        switch (change) {
            case AcknowledgedChange.Appended(var _, var appended) -> messages.addAll(appended);
            case AcknowledgedChange.Edited(var _, var id, var text) ->
                messages.replaceAll(there -> there.id().equals(id) ? new Stored(id, there.position(), text) : there);
            case AcknowledgedChange.Titled(var _, var changed) -> title = changed;
            case AcknowledgedChange.Labelled(var _, var changed) -> label = changed;
            case AcknowledgedChange.Truncated(var _, var _, var count) -> keep(count);
            case AcknowledgedChange.Cleared _ -> keep(0);
            case AcknowledgedChange.Deleted _ -> deleted = true;
            case AcknowledgedChange.Restored _ -> deleted = false;
            case AcknowledgedChange.Read _ -> throw new IllegalArgumentException("a read changes nothing");
        }
    }

    private void keep(int count) {
        messages.subList(Math.min(count, messages.size()), messages.size()).clear();
    }

    /** Whether the conversation is as this acknowledgement says. */
    private boolean isTrueOf(AcknowledgedChange change) {
        return switch (change) {
            case AcknowledgedChange.Appended(var _, var appended) -> endsWith(appended);
            case AcknowledgedChange.Edited(var _, var id, var text) ->
                messages.stream().anyMatch(there -> there.id().equals(id) && there.text().equals(text));
            case AcknowledgedChange.Titled(var _, var changed) -> changed.equals(title);
            case AcknowledgedChange.Labelled(var _, var changed) -> changed.equals(label);
            case AcknowledgedChange.Truncated(var _, var last, var count) ->
                messages.size() == count && !messages.isEmpty() && messages.getLast().id().equals(last);
            case AcknowledgedChange.Cleared _ -> messages.isEmpty();
            case AcknowledgedChange.Deleted _ -> deleted;
            case AcknowledgedChange.Restored _ -> !deleted;
            case AcknowledgedChange.Read(var _, var last) ->
                endsWith(last) && last.size() == Math.min(AcknowledgedChange.Read.LIMIT, messages.size());
        };
    }

    private boolean endsWith(List<Stored> last) {
        int from = messages.size() - last.size();
        return from >= 0 && messages.subList(from, messages.size()).equals(last) && arePositionsDense();
    }

    private boolean arePositionsDense() {
        return messages.isEmpty() || messages.getLast().position() == messages.size();
    }

    List<Stored> messages() {
        return List.copyOf(messages);
    }

    long version() {
        return version;
    }

    @Nullable
    String title() {
        return title;
    }

    @Nullable
    String label() {
        return label;
    }

    @Override
    public String toString() {
        return "at version " + version + ", " + messages.size() + " messages, title " + title + ", label " + label
                + (deleted ? ", deleted" : "") + ", last "
                + (messages.isEmpty() ? "none" : messages.getLast());
    }
}
