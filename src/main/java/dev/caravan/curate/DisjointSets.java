package dev.caravan.curate;

/// The numbers 0 … size − 1 in sets that are joined pair by pair. A set's root is its smallest number, in whatever
/// order the pairs came.
public final class DisjointSets {
    private final int[] parent;

    public DisjointSets(int size) {
        parent = new int[size];
        for (int i = 0; i < size; i++) {
            parent[i] = i;
        }
    }

    public int size() {
        return parent.length;
    }

    public int root(int of) {
        int root = of;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    public boolean same(int one, int other) {
        return root(one) == root(other);
    }

    public void join(int one, int other) {
        int first = root(one);
        int second = root(other);
        parent[Math.max(first, second)] = Math.min(first, second);
    }
}
