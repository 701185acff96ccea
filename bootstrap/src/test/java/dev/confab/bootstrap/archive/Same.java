package dev.confab.bootstrap.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares stores value by value, without a digest. */
public final class Same {
    private Same() {
    }

    /** Returns how many conversations both have. */
    public static int expect(StoredConversations one, StoredConversations other) {
        List<ConversationId> ids = ids(one);
        assertThat(ids(other)).isEqualTo(ids);
        ids.forEach(id -> {
            int after = 0;
            boolean more = true;
            while (more) {
                StoredWindow window = one.read(id, Window.after(after, Window.MAX_LIMIT)).orElseThrow();
                assertThat(other.read(id, Window.after(after, Window.MAX_LIMIT))).contains(window);
                after += window.window().messages().size();
                more = window.window().more();
            }
        });
        return ids.size();
    }

    public static List<ConversationId> ids(StoredConversations stored) {
        var all = new ArrayList<ConversationId>();
        List<ConversationId> page;
        do {
            page = stored.ids(Optional.empty(), all.isEmpty() ? Optional.empty() : Optional.of(all.getLast()), 1_000);
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }
}
