package org.fluvia.house;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Strongly connected components of a graph (Tarjan 1972): sets in which each node can be reached from each other. */
final class Circles {
    private final Collection<String> nodes;
    private final Map<String, Set<String>> next;
    private final Map<String, Integer> number = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final List<List<String>> found = new ArrayList<>();

    Circles(Collection<String> nodes, Map<String, Set<String>> next) {
        this.nodes = nodes;
        this.next = next;
        for (String node : nodes) {
            if (!number.containsKey(node)) visit(node);
        }
    }

    /** Those of more than one node. */
    List<List<String>> found() {
        return found;
    }

    private void visit(String node) {
        number.put(node, number.size());
        lowest.put(node, number.get(node));
        open.push(node);
        for (String other : next.get(node)) {
            if (!nodes.contains(other)) continue;
            if (!number.containsKey(other)) visit(other);
            if (open.contains(other)) lowest.merge(node, lowest.get(other), Math::min);
        }
        if (!lowest.get(node).equals(number.get(node))) return;
        List<String> circle = new ArrayList<>();
        do {
            circle.add(open.pop());
        } while (!circle.get(circle.size() - 1).equals(node));
        if (circle.size() > 1) found.add(circle);
    }
}
