package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Which of the rows that say the same stays. The permitted records are the recipe's choices.
public sealed interface Keep {
    /// How little a row is worth keeping; of several rows the one of the smallest rank stays, the first where several
    /// have it.
    long rank(Conversation row);

    /// The number of the row that stays.
    ///
    /// @param rows at least one, in the order of the input
    default int choose(List<Conversation> rows) {
        return IntStream.range(0, rows.size())
                .boxed()
                .min(Comparator.comparingLong(row -> rank(rows.get(row))))
                .orElseThrow();
    }

    /// The first in the order of the input.
    record First() implements Keep {
        @Override
        public long rank(Conversation row) {
            return 0;
        }
    }

    /// The one with the most characters, the first of them where several have as many.
    record Longest() implements Keep {
        @Override
        public long rank(Conversation row) {
            return -row.messages().stream()
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
        public long rank(Conversation row) {
            int place = sources.indexOf(row.source());
            return place < 0 ? sources.size() : place;
        }
    }
}
