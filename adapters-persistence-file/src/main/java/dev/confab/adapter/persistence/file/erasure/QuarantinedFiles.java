package dev.confab.adapter.persistence.file.erasure;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.Quarantine;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files in quarantine, by conversation. Whose they are, the head of the conversation says, if it can be read. The same words elsewhere,
 * as in a damaged line, are not enough to delete a file that may be another owner's.
 */
record QuarantinedFiles(Disk disk, Layout layout) {

    /**
     * Deletes the files of the owner's conversations that were removed earlier.
     *
     * @return how many files are left whose owner is unknown
     */
    int erase(OwnerId owner) throws IOException {
        int unattributed = 0;
        for (List<String> names : groups().values()) {
            Optional<OwnerId> of = owner(names);
            if (of.isEmpty()) {
                unattributed += names.size();
            } else if (of.get().equals(owner)) {
                for (String name : names) {
                    disk.delete(layout.quarantine().resolve(name));
                }
            }
        }
        disk.forceDirectory(layout.quarantine());
        return unattributed;
    }

    /** The names of the files whose owner is unknown. */
    List<String> unattributed() throws IOException {
        var names = new ArrayList<String>();
        for (List<String> group : groups().values()) {
            if (owner(group).isEmpty()) {
                names.addAll(group);
            }
        }
        return names;
    }

    private Optional<OwnerId> owner(List<String> names) throws IOException {
        for (String name : names) {
            if (isHead(name)) {
                Optional<OwnerId> owner = OwnerMember.ofHead(disk, layout.quarantine().resolve(name));
                if (owner.isPresent()) {
                    return owner;
                }
            }
        }
        return Optional.empty();
    }

    private boolean isHead(String name) {
        return conversationOf(name).filter(id -> {
            String head = String.valueOf(layout.head(id).getFileName());
            String plain = withoutMark(name);
            return plain.startsWith(head + ".") || plain.startsWith(head + "-");
        }).isPresent();
    }

    /** The names by conversation; a part of the journal, which belongs to several, is alone. */
    private Map<String, List<String>> groups() throws IOException {
        var groups = new TreeMap<String, List<String>>();
        for (String name : disk.list(layout.quarantine())) {
            String mark = name.startsWith(Quarantine.REMOVED) ? Quarantine.REMOVED : "";
            groups.computeIfAbsent(mark + conversationOf(name).map(ConversationId::toString).orElse(name),
                    _ -> new ArrayList<>()).add(name);
        }
        return groups;
    }

    private static Optional<ConversationId> conversationOf(String name) {
        return Layout.conversationOf(withoutMark(name));
    }

    private static String withoutMark(String name) {
        return name.startsWith(Quarantine.REMOVED) ? name.substring(Quarantine.REMOVED.length()) : name;
    }
}
