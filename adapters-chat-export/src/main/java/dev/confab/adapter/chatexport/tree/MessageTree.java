package dev.confab.adapter.chatexport.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;

/**
 * Which readable message follows which, and with which of them the other nodes are kept. A node without a parent in the file begins a
 * branch; a circle of parents is cut open at one of its nodes.
 */
final class MessageTree {
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    /** Parents before their children. */
    private final List<Node> ordered = new ArrayList<>();
    private final Map<String, String> parents = new HashMap<>();
    /** The nearest readable node at or above each node. */
    private final Map<String, String> above = new HashMap<>();
    /** The first readable node at or below each node. */
    private final Map<String, String> below = new HashMap<>();
    private int cutCircles;

    MessageTree(SequencedCollection<Node> all) {
        boolean nothingToRead = all.stream().noneMatch(Node::isReadable);
        all.forEach(node -> nodes.put(node.id(), nothingToRead ? node.readable() : node));
        order();
        findReadable();
    }

    private void order() {
        var done = new HashMap<String, Boolean>();
        for (Node start : nodes.values()) {
            var path = new ArrayDeque<Node>();
            Optional<Node> node = Optional.of(start);
            while (node.isPresent() && !done.containsKey(node.get().id())) {
                done.put(node.get().id(), false);
                path.push(node.get());
                node = node.get().parent().map(nodes::get);
            }
            boolean isCircle = node.filter(met -> !done.getOrDefault(met.id(), true)).isPresent();
            for (Node each : path) {
                done.put(each.id(), true);
                if (!(isCircle && each.equals(path.element()))) {
                    each.parent().filter(nodes::containsKey).ifPresent(parent -> parents.put(each.id(), parent));
                }
            }
            cutCircles += isCircle ? 1 : 0;
            ordered.addAll(path);
        }
    }

    private void findReadable() {
        for (Node node : ordered) {
            String readable = node.isReadable() ? node.id() : above.get(parents.getOrDefault(node.id(), ""));
            if (readable != null) {
                above.put(node.id(), readable);
            }
        }
        for (Node node : ordered.reversed()) {
            if (node.isReadable()) {
                below.put(node.id(), node.id());
            }
            String found = below.get(node.id());
            String parent = parents.get(node.id());
            if (found != null && parent != null) {
                // In reverse order, so the first child is the last one to say it.
                below.put(parent, found);
            }
        }
    }

    int cutCircles() {
        return cutCircles;
    }

    /** The readable nodes, each after the one that it follows. */
    List<Node> messages() {
        return ordered.stream().filter(Node::isReadable).toList();
    }

    /** The readable node that this one follows. */
    Optional<String> previous(Node node) {
        return Optional.ofNullable(parents.get(node.id())).flatMap(this::atOrAbove);
    }

    /** The nearest readable node at or above this one. */
    Optional<String> atOrAbove(String id) {
        return Optional.ofNullable(above.get(id));
    }

    /** The nodes with content that are not for reading. */
    List<Node> others() {
        return ordered.stream().filter(node -> node.content().isPresent() && !node.isReadable()).toList();
    }

    /** The message that comes after this node, and takes it along. */
    Optional<String> following(Node other) {
        return Optional.ofNullable(below.get(other.id()));
    }
}
