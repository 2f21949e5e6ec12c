package org.fluvia.autodiff.compile;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row groups of a tile's operations, and an order in which groups and single operations can run.
 *
 * <p>The level of a value counts the sums over rows that it depends on, one after the other, and other uses that need a long
 * value whole. Values of one length and level form a group: none of them depends on what the group gives.
 */
final class RowGroups {
    /** Shorter vectors are computed whole: they fit the cache. */
    static final int SHORTEST = 192;

    /** A group, or a single node. */
    record Unit(@Nullable RowGroup group, @Nullable Node single) {
        List<Node> nodes() {
            return group != null ? group.nodes : List.of(requireNonNull(single));
        }
    }

    private record Key(int n, int level) {}

    private final Map<Node, RowGroup> membership = new HashMap<>();
    private final Map<Node, Integer> levels = new HashMap<>();
    private final Map<Key, RowGroup> groups = new LinkedHashMap<>();

    /** The units of a tile, each after what it needs. */
    static List<Unit> of(List<Node> tileNodes) {
        RowGroups g = new RowGroups();
        for (Node x : tileNodes) g.place(x);
        return g.order(tileNodes);
    }

    private void place(Node x) {
        int length = longLength(x);
        int level = 0;
        for (int k = 0; k < x.operands.length; k++) {
            Node o = x.operands[k];
            int l = levels.getOrDefault(o, 0);
            RowGroup from = membership.get(o);
            boolean stays = from == null || from.n == length && from.isMember(o) && RowGroup.isAligned(x, k, length);
            level = Math.max(level, stays ? l : l + 1);
        }
        levels.put(x, level);
        if (length == 0) return;
        RowGroup group = groups.computeIfAbsent(new Key(length, level), k -> new RowGroup(length));
        if (group.isMember(x) || sumsMembersOf(x, group)) {
            group.nodes.add(x);
            membership.put(x, group);
        }
    }

    /** The number of rows if the node could belong to a group, else 0. */
    private static int longLength(Node x) {
        if (RowGroup.isRowwise(x) && x.elements >= SHORTEST) return x.elements;
        for (Node o : x.operands) {
            if (o.elements >= SHORTEST && o.perDraw && RowGroup.isSum(x, o.elements)) return o.elements;
        }
        return 0;
    }

    private boolean sumsMembersOf(Node x, RowGroup group) {
        for (Node o : x.operands) if (membership.get(o) == group) return true;
        return false;
    }

    private List<Unit> order(List<Node> nodes) {
        Map<Node, Unit> units = new HashMap<>();
        Map<Unit, Integer> first = new HashMap<>();
        for (RowGroup g : groups.values()) {
            Unit u = new Unit(g, null);
            for (Node x : g.nodes) units.put(x, u);
        }
        for (int i = 0; i < nodes.size(); i++) {
            Unit u = units.computeIfAbsent(nodes.get(i), x -> new Unit(null, x));
            first.putIfAbsent(u, i);
        }
        Map<Unit, Set<Unit>> needs = new HashMap<>();
        Map<Unit, List<Unit>> users = new HashMap<>();
        for (Node x : nodes) {
            Unit u = units.get(x);
            Set<Unit> s = needs.computeIfAbsent(u, k -> new HashSet<>());
            for (Node o : x.operands) {
                Unit from = units.get(o);
                if (from != null && from != u && s.add(from)) users.computeIfAbsent(from, k -> new ArrayList<>()).add(u);
            }
        }
        PriorityQueue<Unit> ready = new PriorityQueue<>((a, b) -> Integer.compare(first.getOrDefault(a, 0), first.getOrDefault(b, 0)));
        needs.forEach((u, s) -> {
            if (s.isEmpty()) ready.add(u);
        });
        List<Unit> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            Unit u = ready.poll();
            order.add(u);
            for (Unit user : users.getOrDefault(u, List.of())) {
                Set<Unit> s = requireNonNull(needs.get(user));
                s.remove(u);
                if (s.isEmpty()) ready.add(user);
            }
        }
        if (order.size() != first.size()) throw new IllegalStateException("row groups depend on each other");
        return order;
    }
}
