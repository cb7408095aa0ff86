package dev.caravan.eval;

import dev.caravan.DataException;
import dev.caravan.curate.ArithmeticSource;
import dev.caravan.curate.JsonLinesSource;
import dev.caravan.curate.Problem;
import dev.caravan.curate.TestProblems;
import dev.caravan.data.Message;
import dev.caravan.data.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Where the items of an evaluation task come from.
public sealed interface TaskItems {
    /// In words for people.
    String origin();

    /// Whether the items are at hand without a file of the user's.
    boolean builtIn();

    /// Prompts, every one with a check.
    List<Prompt> load(String task, Optional<String> data);

    /// The word problems of [TestProblems].
    record GeneratedProblems() implements TaskItems {
        @Override
        public String origin() {
            return "generated, the same in every run";
        }

        @Override
        public boolean builtIn() {
            return true;
        }

        @Override
        public List<Prompt> load(String task, Optional<String> data) {
            if (data.isPresent()) {
                throw new DataException(
                        "task %s generates its items, it reads none from %s".formatted(task, data.get()));
            }
            List<Problem> problems = TestProblems.all();
            return IntStream.range(0, problems.size())
                    .mapToObj(i -> item("%s-%03d".formatted(task, i), task, problems.get(i)))
                    .toList();
        }

        private static Prompt item(String id, String task, Problem problem) {
            List<Message> messages = List.of(Message.user(problem.text()));
            return new Prompt(id, task, messages, Optional.of(ArithmeticSource.check(problem)));
        }
    }

    /// Rows of a file that the user names, in a shape that [JsonLinesSource] reads.
    ///
    /// @param origin whose data the file should hold
    record LocalFile(String origin) implements TaskItems {
        @Override
        public boolean builtIn() {
            return false;
        }

        @Override
        public List<Prompt> load(String task, Optional<String> data) {
            String path = data.orElseThrow(
                    () -> new DataException("the items of task %s are not part of Caravan: give data=FILE with the %s"
                            .formatted(task, origin)));
            try (Stream<Prompt> prompts = new JsonLinesSource(task, path).prompts()) {
                List<Prompt> items = prompts.toList();
                items.stream()
                        .filter(item -> item.check().isEmpty())
                        .findFirst()
                        .ifPresent(item -> {
                            throw new DataException("%s: the row '%s' has no answer to check; task %s needs the %s"
                                    .formatted(path, item.messages().getLast().content(), task, origin));
                        });
                return items;
            }
        }
    }
}
