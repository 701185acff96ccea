package dev.confab.adapter.web.transfer;

import dev.confab.application.Transfer.History;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.archive.MessageSpool;
import dev.confab.domain.archive.MessageSpool.Spooled;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The messages of an import, which Jackson adds one by one: in memory as long as one commit can hold them, and then in a spool, which is
 * closed when the request ends, however it ends.
 */
final class ImportedMessages extends AbstractCollection<Message> implements History {
    /** The attribute of the request with its {@link MessageSpool}: Jackson, which makes this object, does not have it. */
    static final String SPOOL = ImportedMessages.class.getName();

    private final List<Message> inMemory = new ArrayList<>();
    private Optional<Spooled> spooled = Optional.empty();
    private int count;
    private long weight;

    @Override
    public boolean add(Message message) {
        count++;
        weight += message.weight();
        if (spooled.isPresent()) {
            spooled.get().add(message);
        } else {
            inMemory.add(message);
            if (!fitsOneTransaction()) {
                spool();
            }
        }
        return true;
    }

    private void spool() {
        RequestAttributes request = RequestContextHolder.currentRequestAttributes();
        var spool = (MessageSpool) Objects
                .requireNonNull(request.getAttribute(SPOOL, RequestAttributes.SCOPE_REQUEST));
        Spooled opened = spool.open();
        request.registerDestructionCallback(SPOOL, opened::close, RequestAttributes.SCOPE_REQUEST);
        inMemory.forEach(opened::add);
        inMemory.clear();
        spooled = Optional.of(opened);
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long weight() {
        return weight;
    }

    @Override
    public Iterator<Message> iterator() {
        return spooled.map(Spooled::iterator).orElseGet(inMemory::iterator);
    }
}
