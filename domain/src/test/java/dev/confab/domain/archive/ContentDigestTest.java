package dev.confab.domain.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnState;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Two conversations that differ anywhere have different digests: each component of each value is changed, one at a time. */
class ContentDigestTest {
    private static final Instant TIME = Instant.parse("2026-03-01T09:00:00.250Z");
    private static final Digest DIGEST = Digest.of("test").build();
    private static final ConversationId ID = new ConversationId(new UUID(1, 2));
    private static final SessionId SESSION = new SessionId(new UUID(1, 3));
    private static final ToolCall CALL = new ToolCall("call", "tool", "{}", true,
            Optional.of(new Approval(false, Optional.of("no"))), Optional.of("result"));
    private static final List<ToolRound> ROUNDS = List.of(new ToolRound("said", List.of(CALL)));

    private static final Conversation HEAD = new Conversation(ID, new OwnerId("ann"), Optional.of(new Title("title")),
            new Metadata(Map.of("a", "b")), new Filing(true, false, new TreeSet<>(Set.of("x"))), new Version(7), 1,
            TIME, TIME.plusMillis(5), Optional.of(TIME),
            Optional.of(TIME), Optional.of(new Origin(ID, new MessageId(new UUID(4, 4)))), DIGEST);
    private static final Message MESSAGE = new Message(new MessageId(new UUID(1, 5)), 1, Role.ASSISTANT,
            Optional.of(new Author("Bea")), "text", Optional.of("{}"), new Metadata(Map.of("k", "v")), TIME,
            Optional.of(TIME), Optional.empty(), new Version(3), DIGEST, Optional.of(IncompleteReason.LENGTH));
    private static final Message REMOVED = removed(TIME);
    private static final Message REMOVED_LATER = removed(TIME.plusMillis(1));
    private static final Session LIVING = new Session(SESSION, ID, new OwnerId("ann"), Optional.of(new Title("name")),
            new Lifetime.Temporary(TIME), Optional.of("be brief"), Optional.of("model"),
            Optional.of(new TokenBudget(8_000)), new ContextVariables("{}"), new Version(2), TIME, TIME.plusMillis(1),
            TIME.plusMillis(2), DIGEST);
    private static final Turn RUNNING = new Turn(new TurnId(new UUID(1, 6)), ID, SESSION, MESSAGE.id(),
            Optional.of(MESSAGE.id()), new TurnState.Running(TIME, "partial"), 3, TIME, Optional.empty(), ROUNDS,
            Optional.of(new TokenUsage(1, 2)), DIGEST);
    private static final Turn FAILED = new Turn(new TurnId(new UUID(1, 6)), ID, SESSION, MESSAGE.id(),
            Optional.of(MESSAGE.id()), new TurnState.Failed(new TurnFailure("code", "detail")), 3, TIME,
            Optional.of(TIME), ROUNDS, Optional.of(new TokenUsage(1, 2)), DIGEST);

    private static final Turn QUEUED = new Turn(new TurnId(new UUID(1, 6)), ID, SESSION, MESSAGE.id(),
            Optional.of(MESSAGE.id()), new TurnState.Queued(List.of(MessageDraft.of(MESSAGE.id(), Role.USER, "text"))),
            1,
            Optional.of(TIME), TIME, Optional.empty(), List.of(), Optional.empty(), DIGEST);

    @Test
    void the_messages_of_a_turn_that_waits_change_the_digest() {
        var other = new Turn(QUEUED.id(), ID, SESSION, MESSAGE.id(), QUEUED.replyId(),
                new TurnState.Queued(List.of(MessageDraft.of(MESSAGE.id(), Role.USER, "other"))), 1,
                QUEUED.queuedAt(), TIME, Optional.empty(), List.of(), Optional.empty(), DIGEST);

        assertThat(digest(HEAD, List.of(LIVING), List.of(QUEUED), List.of(MESSAGE)))
                .isNotEqualTo(digest(HEAD, List.of(LIVING), List.of(other), List.of(MESSAGE)));
    }

    @Test
    void each_component_of_each_value_changes_the_digest() {
        expectAllDifferent(variants(HEAD), head -> digest(head, List.of(LIVING), List.of(RUNNING), List.of(MESSAGE)));
        expectAllDifferent(variants(MESSAGE),
                message -> digest(HEAD, List.of(LIVING), List.of(RUNNING), List.of(message)));
        expectAllDifferent(variants(LIVING),
                session -> digest(HEAD, List.of(session), List.of(RUNNING), List.of(MESSAGE)));
        expectAllDifferent(variants(RUNNING),
                turn -> digest(HEAD, List.of(LIVING), List.of(turn), List.of(MESSAGE)));
        expectAllDifferent(variants(FAILED), turn -> digest(HEAD, List.of(LIVING), List.of(turn), List.of(MESSAGE)));
    }

    @Test
    void the_number_and_the_order_of_the_parts_change_the_digest() {
        Message second = new Message(new MessageId(new UUID(9, 9)), 2, Role.USER, "text", Optional.empty(),
                Metadata.EMPTY, TIME, Optional.empty(), new Version(3), DIGEST);
        Session other = Session.begin(new SessionId(new UUID(9, 8)), ID, new OwnerId("ann"), new Lifetime.Permanent(),
                Session.Settings.NONE, DIGEST, TIME);
        var digests = Set.of(digest(HEAD, List.of(), List.of(), List.of()),
                digest(HEAD, List.of(LIVING), List.of(), List.of()),
                digest(HEAD, List.of(LIVING, other), List.of(), List.of()),
                digest(HEAD, List.of(other, LIVING), List.of(), List.of()),
                digest(HEAD, List.of(), List.of(RUNNING), List.of()),
                digest(HEAD, List.of(), List.of(), List.of(MESSAGE)),
                digest(HEAD, List.of(), List.of(), List.of(MESSAGE, second)),
                digest(HEAD, List.of(), List.of(), List.of(second, MESSAGE)));
        assertThat(digests).hasSize(8);
    }

    private static Digest digest(Conversation head, List<Session> sessions, List<Turn> turns, List<Message> messages) {
        var digest = new ContentDigest(head, new Activity(sessions, turns));
        messages.forEach(digest::add);
        return digest.build();
    }

    private static Message removed(Instant at) {
        return new Message(new MessageId(new UUID(1, 5)), 1, Role.USER, Optional.empty(), "", Optional.empty(),
                Metadata.EMPTY, TIME, Optional.empty(), Optional.of(at), new Version(3), Message.REMOVED,
                Optional.empty());
    }

    private static <T> void expectAllDifferent(List<T> variants, Function<T, Digest> digest) {
        var seen = new HashSet<Digest>();
        variants.forEach(
                variant -> assertThat(seen.add(digest.apply(variant))).as("the digest of %s is new", variant).isTrue());
        assertThat(seen).hasSizeGreaterThan(10);
    }

    /** The value, and for each of its components, at every depth, the value with another component. */
    @SuppressWarnings("unchecked") // A variant of a component has the component's type.
    private static <T> List<T> variants(T value) {
        var all = new ArrayList<T>(List.of(value));
        RecordComponent[] components = value.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Object old = call(value, components[i]);
            int made = all.size();
            for (Object other : others(old)) {
                with(value, i, other).ifPresent(all::add);
            }
            if (value == MESSAGE && components[i].getName().equals("role")) {
                // Only the assistant's messages are incomplete, so the role has no other value here.
                all.add((T) new Message(MESSAGE.id(), 1, Role.USER, MESSAGE.author(), "text", MESSAGE.data(),
                        MESSAGE.metadata(), TIME, MESSAGE.editedAt(), Optional.empty(), MESSAGE.version(), DIGEST,
                        Optional.empty()));
            }
            if (value == MESSAGE && components[i].getName().equals("removedAt")) {
                all.add((T) REMOVED);
                all.add((T) REMOVED_LATER);
            }
            if (value == RUNNING && components[i].getName().equals("finishedAt")) {
                continue; // FAILED has one
            }
            assertThat(all).as("variants of %s of %s", components[i].getName(), value).hasSizeGreaterThan(made);
        }
        return all;
    }

    /** Other values of the same type; some may be refused by the record that they are for. */
    private static List<Object> others(Object old) {
        return switch (old) {
            case Optional<?> present when present.isPresent() -> {
                var all = new ArrayList<Object>(List.of(Optional.empty()));
                others(present.get()).forEach(other -> all.add(Optional.of(other)));
                yield all;
            }
            case Optional<?> _ -> List.of(Optional.of(TIME.plusMillis(77)));
            case SortedSet<?> labels -> List.of(new TreeSet<>(), new TreeSet<>(Set.of("x", "y")));
            case String text -> List.of(text + "x", "{\"x\":1}");
            case Integer number -> List.of(number + 1);
            case Long number -> List.of(number + 1);
            case Boolean is -> List.of(!is);
            case Instant time -> List.of(time.plusMillis(1));
            case UUID id -> List.of(new UUID(id.getMostSignificantBits() + 1, id.getLeastSignificantBits()));
            case Role _ -> List.of(Role.SYSTEM);
            case Digest _ -> List.of(Digest.of("another").build());
            case Map<?, ?> _ -> List.of(Map.of("other", "pair"));
            case Lifetime.Temporary _ -> List.of(new Lifetime.Permanent(), new Lifetime.Temporary(TIME.plusMillis(9)));
            case TurnState.Running running ->
                List.of(new TurnState.Running(running.leaseUntil().plusMillis(1), "partial"),
                        new TurnState.Running(running.leaseUntil(), "more"), new TurnState.AwaitingApproval());
            case TurnState.Failed(var failure) -> new ArrayList<>(variants(new TurnState.Failed(failure)))
                    .subList(1, 3).stream().map(Object.class::cast).toList();
            case List<?> rounds when !rounds.isEmpty() && rounds.getFirst() instanceof ToolRound round -> {
                var all = new ArrayList<Object>(List.of(List.of()));
                variants(round).stream().skip(1).forEach(other -> all.add(List.of(other)));
                yield all;
            }
            case List<?> calls when !calls.isEmpty() && calls.getFirst() instanceof ToolCall call ->
                variants(call).stream().skip(1).<Object>map(List::of).toList();
            case Record nested -> variants(nested).stream().skip(1).map(Object.class::cast).toList();
            default -> throw new AssertionError("no other value is known for " + old);
        };
    }

    private static Object call(Object value, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Empty when the record refuses the component. */
    @SuppressWarnings("unchecked") // The constructor is of the value's own class.
    private static <T> Optional<T> with(T value, int index, Object other) {
        RecordComponent[] components = value.getClass().getRecordComponents();
        Object[] arguments = Arrays.stream(components).map(component -> call(value, component)).toArray();
        arguments[index] = other;
        try {
            Constructor<?> constructor = value.getClass().getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return Optional.of((T) constructor.newInstance(arguments));
        } catch (InvocationTargetException refused) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
