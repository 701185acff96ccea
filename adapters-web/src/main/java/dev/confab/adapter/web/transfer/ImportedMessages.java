package dev.confab.adapter.web.transfer;

import dev.confab.application.Transfer.History;
import dev.confab.domain.conversation.Message;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The messages of an import, which Jackson adds one by one: in memory as long as one commit can hold them, and then in a file. */
final class ImportedMessages extends AbstractCollection<Message> implements History {
    private final List<Message> inMemory = new ArrayList<>();
    private Optional<MessageFile> file = Optional.empty();
    private int count;
    private long weight;

    @Override
    public boolean add(Message message) {
        count++;
        weight += message.weight();
        if (file.isPresent()) {
            file.get().add(message);
        } else {
            inMemory.add(message);
            if (!fitsOneTransaction()) {
                moveToFile();
            }
        }
        return true;
    }

    private void moveToFile() {
        MessageFile created = MessageFile.forThisRequest();
        inMemory.forEach(created::add);
        inMemory.clear();
        file = Optional.of(created);
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
        return file.map(MessageFile::iterator).orElseGet(inMemory::iterator);
    }
}
