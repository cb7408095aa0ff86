package dev.caravan.eval;

import dev.caravan.config.Default;
import java.util.List;
import java.util.Map;

/// The worked examples that stand before a question.
public sealed interface Shots {
    /// How many there are.
    int count();

    /// The same examples, the first `count` of them.
    Shots first(int count);

    /// None.
    record NoShots() implements Shots {
        @Override
        public int count() {
            return 0;
        }

        @Override
        public Shots first(int count) {
            return this;
        }
    }

    /// Rows of the task's own file.
    record InlineShots(List<Map<String, String>> rows) implements Shots {
        @Override
        public int count() {
            return rows.size();
        }

        @Override
        public Shots first(int count) {
            return new InlineShots(rows.subList(0, Math.min(count, rows.size())));
        }
    }

    /// The first rows of another split, of the item's group where rows have groups.
    ///
    /// @param files patterns of names below the folder that a user gives
    record DataShots(List<String> files, int count) implements Shots {
        @Override
        public Shots first(int fewer) {
            return new DataShots(files, Math.min(fewer, count));
        }
    }

    /// Rows drawn from another split once for all items, as Python's `random.Random(seed).sample` draws them.
    ///
    /// @param files patterns of names below the folder that a user gives
    record DrawnShots(
            List<String> files, int count, @Default("1234") int seed) implements Shots {
        @Override
        public Shots first(int fewer) {
            return new DrawnShots(files, Math.min(fewer, count), seed);
        }
    }

    /// A text file for each group with a description and examples, as BIG-Bench Hard publishes them. A row has the
    /// columns `input` and `solution`, and every row of the group knows the `task_description`.
    ///
    /// @param file pattern of its name below the folder that a user gives, over the row's `group`
    /// @param question what begins an example
    /// @param answer what stands between an example's input and its solution
    record TextShots(RowTemplate file, int count, String question, String answer) implements Shots {
        @Override
        public Shots first(int fewer) {
            return new TextShots(file, Math.min(fewer, count), question, answer);
        }
    }
}
