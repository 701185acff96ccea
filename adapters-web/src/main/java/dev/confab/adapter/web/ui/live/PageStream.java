package dev.confab.adapter.web.ui.live;

import dev.confab.adapter.web.event.EventStreams;
import dev.confab.adapter.web.event.EventWriter;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ChangeFeed.Subscription;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Events of one page: {@code list} when any conversation of the owner has changed, and those of {@link OpenConversation}. A page has one
 * stream for all of them, because a browser opens six connections to a server at most, for all its tabs together.
 */
final class PageStream implements EventStreams.Stream {
    private final ChangeFeed feed;
    private final OwnerId owner;
    private final Optional<OpenConversation> open;
    private final AtomicBoolean listChanged = new AtomicBoolean();

    PageStream(ChangeFeed feed, OwnerId owner, Optional<OpenConversation> open) {
        this.feed = feed;
        this.owner = owner;
        this.open = open;
    }

    @Override
    public Subscription watch(Runnable wake) {
        open.ifPresent(conversation -> conversation.wakeBy(wake));
        Subscription changes = feed.subscribe(hint -> {
            if (hint.owner().equals(owner)) {
                listChanged.set(true);
                wake.run();
            }
        });
        return () -> {
            changes.close();
            open.ifPresent(OpenConversation::close);
        };
    }

    @Override
    public boolean begin() {
        return true;
    }

    @Override
    public boolean writeNews(EventWriter writer) throws IOException {
        if (open.isPresent()) {
            open.get().writeNews(writer);
        }
        if (listChanged.getAndSet(false)) {
            writer.text("list", "changed");
        }
        return true;
    }
}
