package dev.caravan.curate;

import dev.caravan.config.Default;
import dev.caravan.data.Check;
import dev.caravan.data.Conversation;
import dev.caravan.data.KeyedRandom;
import dev.caravan.data.Message;
import dev.caravan.data.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Generated arithmetic word problems. As conversations they are careless demonstrations from the split for
/// supervised fine-tuning; as prompts they are different problems, checked by the `arithmetic` verifier.
///
/// @param name what rows call their source, and what their ids begin with
/// @param problems how many
/// @param minSteps fewest additions and subtractions of a problem
/// @param maxSteps most of them
/// @param slipRate share of the carries and borrows at which a demonstration forgets the ten
/// @param leakedTests items of the evaluation task, planted with their right solutions behind the demonstrations;
///     every other one is worded a little differently
/// @param flaws bad rows planted behind the demonstrations
public record ArithmeticSource(
        @Default("arithmetic") String name,
        @Default("6000") long problems,
        @Default("1") int minSteps,
        @Default("3") int maxSteps,
        @Default("0") double slipRate,
        @Default("0") int leakedTests,
        Optional<Flaws> flaws)
        implements Source {
    public ArithmeticSource {
        require(problems >= 1, "problems must be at least 1, got " + problems);
        require(minSteps >= 1, "min_steps must be at least 1, got " + minSteps);
        require(maxSteps >= minSteps, "max_steps must not be less than min_steps, got " + maxSteps);
        require(slipRate >= 0 && slipRate <= 1, "slip_rate must lie between 0 and 1, got " + slipRate);
        require(
                leakedTests >= 0 && leakedTests <= TestProblems.COUNT,
                "leaked_tests must lie between 0 and " + TestProblems.COUNT + ", got " + leakedTests);
    }

    @Override
    public Stream<Conversation> conversations(long seed) {
        var ids = new RowIds(name);
        Stream<List<Message>> good = LongStream.range(0, problems).mapToObj(i -> demonstration(seed, i));
        Stream<List<Message>> bad =
                flaws.orElse(Flaws.none()).planted(seed, name, problems, i -> demonstration(seed, i));
        return Stream.of(good, leaks(), bad)
                .flatMap(rows -> rows)
                .map(messages -> new Conversation(ids.next(messages), name, messages));
    }

    @Override
    public Stream<Prompt> prompts(long seed) {
        var ids = new RowIds(name);
        return generator(seed).distinct(Split.PROMPTS, problems).map(problem -> {
            List<Message> messages = List.of(Message.user(problem.text()));
            return new Prompt(ids.next(messages), name, messages, Optional.of(check(problem)));
        });
    }

    /// What decides whether a completion solves the problem.
    public static Check check(Problem problem) {
        return new Check("arithmetic", Integer.toString(problem.answer()));
    }

    private List<Message> demonstration(long seed, long index) {
        Problem problem = generator(seed).problem(Split.DEMONSTRATIONS, index);
        Problem.Solution solution = problem.carelessSolution(slipRate, KeyedRandom.of(seed, "slips", index));
        return List.of(Message.user(problem.text()), Message.assistant(solution.text()));
    }

    private Stream<List<Message>> leaks() {
        List<Problem> tests = TestProblems.all();
        return LongStream.range(0, leakedTests).mapToObj(i -> {
            Problem test = tests.get((int) (i * TestProblems.COUNT / leakedTests));
            String question = i % 2 == 0 ? test.text() : "Please solve this one. " + test.text();
            return List.of(Message.user(question), Message.assistant(test.workedSolution()));
        });
    }

    private ProblemGenerator generator(long seed) {
        return new ProblemGenerator(seed, minSteps, maxSteps);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
