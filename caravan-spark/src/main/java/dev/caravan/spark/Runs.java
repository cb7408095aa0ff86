package dev.caravan.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Neighbours that belong together, as one list each.
final class Runs<T> implements Iterator<List<T>> {
    private final Iterator<T> sorted;
    private final BiPredicate<T, T> together;
    private @Nullable T next;

    Runs(Iterator<T> sorted, BiPredicate<T, T> together) {
        this.sorted = sorted;
        this.together = together;
        this.next = sorted.hasNext() ? sorted.next() : null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public List<T> next() {
        T first = next;
        if (first == null) throw new NoSuchElementException("there are no more runs");
        var run = new ArrayList<T>(1);
        for (T each = first; each != null && together.test(first, each); each = next) {
            run.add(each);
            next = sorted.hasNext() ? sorted.next() : null;
        }
        return run;
    }
}
