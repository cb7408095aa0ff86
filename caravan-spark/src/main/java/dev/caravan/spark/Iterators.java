package dev.caravan.spark;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Iterators of tasks, which hold no more than one element at a time.
final class Iterators {
    private Iterators() {}

    static <A, B> Iterator<B> map(Iterator<A> from, Function<A, B> each) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return from.hasNext();
            }

            @Override
            public B next() {
                return each.apply(from.next());
            }
        };
    }

    static <A, B> Iterator<B> flatMap(Iterator<A> from, Function<A, Iterator<B>> each) {
        return new Iterator<>() {
            private Iterator<B> current = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!current.hasNext() && from.hasNext()) {
                    current = each.apply(from.next());
                }
                return current.hasNext();
            }

            @Override
            public B next() {
                if (!hasNext()) throw new NoSuchElementException("there is no more");
                return current.next();
            }
        };
    }

    static <T> Iterator<T> filter(Iterator<T> from, Predicate<T> wanted) {
        return flatMap(from, each -> wanted.test(each) ? List.of(each).iterator() : Collections.emptyIterator());
    }

    static <T> Stream<T> stream(Iterator<T> elements) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(elements, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }
}
