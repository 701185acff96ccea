package dev.confab.adapter.persistence.jpa.feed;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ChangeFeed.Hint;
import dev.confab.domain.port.ChangeFeed.Listener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it hears. */
public final class RecordingListener implements Listener {
    private final List<Hint> heard = new CopyOnWriteArrayList<>();

    @Override
    public void changed(Hint hint) {
        heard.add(hint);
    }

    List<Hint> heard() {
        return heard;
    }

    public List<Long> revisions(ConversationId id) {
        return heard.stream().filter(hint -> hint.conversation().equals(id)).map(Hint::revision).toList();
    }

    void awaits(Hint hint) {
        TestThreads.await(() -> heard.contains(hint));
    }
}
