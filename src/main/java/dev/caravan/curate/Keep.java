package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Which of the rows that say the same stays. The permitted records are the recipe's choices.
public sealed interface Keep {
    /// The number of the row that stays.
    ///
    /// @param rows at least one, in the order of the input
    int choose(List<Conversation> rows);

    /// The first in the order of the input.
    record First() implements Keep {
        @Override
        public int choose(List<Conversation> rows) {
            return 0;
        }
    }

    /// The one with the most characters, the first of them where several have as many.
    record Longest() implements Keep {
        @Override
        public int choose(List<Conversation> rows) {
            return smallest(rows, Comparator.comparingLong(row -> -length(row)));
        }

        private static long length(Conversation row) {
            return row.messages().stream()
                    .map(Message::content)
                    .mapToLong(String::length)
                    .sum();
        }
    }

    /// The one whose source stands first in a list, the first of them where several do.
    ///
    /// @param sources names of sources, the best first; a source that is not named is worse than all that are
    record BestSource(List<String> sources) implements Keep {
        public BestSource {
            sources = List.copyOf(sources);
            if (sources.isEmpty()) throw new IllegalArgumentException("sources must name at least one source");
        }

        @Override
        public int choose(List<Conversation> rows) {
            return smallest(rows, Comparator.comparingInt(row -> rank(row.source())));
        }

        private int rank(String source) {
            int place = sources.indexOf(source);
            return place < 0 ? sources.size() : place;
        }
    }

    private static int smallest(List<Conversation> rows, Comparator<Conversation> order) {
        return IntStream.range(0, rows.size())
                .boxed()
                .min(Comparator.comparing(rows::get, order))
                .orElseThrow();
    }
}
