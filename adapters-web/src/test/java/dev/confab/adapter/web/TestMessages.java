package dev.confab.adapter.web;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.archive.MessageSpool.Spooled;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Spooled messages, in memory. */
public final class TestMessages implements Spooled {
    /** How many are open. */
    public static final AtomicInteger OPEN = new AtomicInteger();
    private final List<Message> all = new ArrayList<>();

    public TestMessages() {
        OPEN.incrementAndGet();
    }

    @Override
    public void add(Message message) {
        all.add(message);
    }

    @Override
    public Iterator<Message> iterator() {
        return all.iterator();
    }

    @Override
    public void close() {
        OPEN.decrementAndGet();
    }
}
