package dev.caravan.eval;

import dev.caravan.config.Default;
import java.util.List;
import java.util.Optional;

/// Where the rows of an evaluation task come from.
public sealed interface TaskSource {
    /// In words for people.
    String origin();

    /// Whether the rows are at hand without a file of the user's.
    boolean builtIn();

    /// The word problems of [dev.caravan.curate.TestProblems].
    record GeneratedTaskSource() implements TaskSource {
        @Override
        public String origin() {
            return "generated, the same in every run";
        }

        @Override
        public boolean builtIn() {
            return true;
        }
    }

    /// The questions of [MathModules].
    record MathematicsTaskSource() implements TaskSource {
        @Override
        public String origin() {
            return "generated, the same in every run";
        }

        @Override
        public boolean builtIn() {
            return true;
        }
    }

    /// A split of a data set that is there to be learnt from.
    ///
    /// @param files as those of the split that is evaluated
    record TrainSplit(String split, List<String> files) {
        public TrainSplit {
            if (files.isEmpty()) throw new IllegalArgumentException("files must name at least one pattern");
            files = List.copyOf(files);
        }
    }

    /// Files that the user names, in the layout of the public data set.
    ///
    /// @param hub the data set on the Hugging Face hub
    /// @param config of the data set there; absent where it has one only
    /// @param split that is evaluated
    /// @param holds what a file of one's own should hold, in words
    /// @param folder under which several tasks find their data in one folder
    /// @param files patterns of names below the folder that a user gives; the first that fits any file counts
    /// @param columns names of the columns of a `.csv` file that does not name them
    /// @param at the key of a `.json` object under which the list of rows is; `*` when each of its values is a row
    /// @param unwind a list within a row, each element of which is a row with the outer row's columns
    /// @param train the rows of the same data set that may be learnt from; absent: none may
    record FilesTaskSource(
            String hub,
            Optional<String> config,
            String split,
            String holds,
            String folder,
            List<String> files,
            @Default("[]") List<String> columns,
            Optional<String> at,
            Optional<String> unwind,
            Optional<TrainSplit> train)
            implements TaskSource {
        public FilesTaskSource {
            if (files.isEmpty()) throw new IllegalArgumentException("files must name at least one pattern");
        }

        @Override
        public String origin() {
            return "%s split of %s%s as %s"
                    .formatted(split, hub, config.map(c -> " (" + c + ")").orElse(""), holds);
        }

        @Override
        public boolean builtIn() {
            return false;
        }
    }
}
