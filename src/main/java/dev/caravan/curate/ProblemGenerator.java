package dev.caravan.curate;

import dev.caravan.curate.Problem.Operation;
import dev.caravan.curate.Problem.Step;
import dev.caravan.data.KeyedRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A seeded, endless supply of arithmetic word problems. Problem `i` of a split depends on the seed, the split and
/// `i` alone. The words are few, so that a vocabulary of some five hundred tokens holds them.
///
/// @param minSteps fewest additions and subtractions of a problem
/// @param maxSteps most of them
public record ProblemGenerator(long seed, int minSteps, int maxSteps) {
    private static final int LARGEST_START = 30;
    private static final int SMALLEST_AMOUNT = 2; // the sentences speak of things in the plural
    private static final int LARGEST_AMOUNT = 15;
    private static final int PLENTY = 40; // above it something is taken away

    private static final List<String> NAMES = List.of(
            "Mia", "Tom", "Ana", "Leo", "Zoe", "Sam", "Ivy", "Max", "Eva", "Ben", "Lily", "Omar", "Nina", "Paul");
    private static final List<String> THINGS =
            List.of("apples", "books", "coins", "pens", "cards", "shells", "stamps", "marbles", "eggs", "balls");
    private static final List<String> OPENINGS = List.of(
            "{a} has {n} {t}.",
            "At first {a} has {n} {t}.",
            "There are {n} {t} in {a}'s box.",
            "{a} starts with {n} {t}.");
    private static final List<String> GAINS = List.of(
            "{a} buys {n} more.",
            "{b} gives {a} {n} {t}.",
            "Then {a} finds {n} {t}.",
            "{a} wins {n} more.",
            "{a} gets {n} from {b}.",
            "Later {b} adds {n}.");
    private static final List<String> LOSSES = List.of(
            "{a} gives {n} to {b}.",
            "{a} loses {n}.",
            "{a} sells {n} {t}.",
            "{b} takes {n}.",
            "Then {n} are broken.",
            "{a} hands {n} to {b}.");
    // short, so that an 8-gram of a problem's end reaches back to a number: problems that merely end alike share none
    private static final List<String> QUESTIONS = List.of("How many {t} now?", "How many has {a}?", "How many now?");

    public ProblemGenerator {
        if (minSteps < 1 || maxSteps < minSteps) {
            throw new IllegalArgumentException(
                    "the steps of a problem must go from at least 1 to at least as many, got %d to %d"
                            .formatted(minSteps, maxSteps));
        }
    }

    /// The first `count` different problems of a split, in order.
    public Stream<Problem> distinct(Split split, long count) {
        Set<String> seen = new HashSet<>();
        return LongStream.iterate(0, i -> i + 1)
                .mapToObj(i -> problem(split, i))
                .filter(problem -> seen.add(problem.text()))
                .limit(count);
    }

    /// Problem number `index` of a split. Draws until a problem falls into the split: 2.5 or 5 times on average.
    public Problem problem(Split split, long index) {
        RandomGenerator random = KeyedRandom.of(seed, "problem of " + split, index);
        Problem problem = draw(random);
        while (Split.of(problem.text()) != split) {
            problem = draw(random);
        }
        return problem;
    }

    private Problem draw(RandomGenerator random) {
        Cast cast = Cast.draw(random);
        int start = random.nextInt(3, LARGEST_START + 1);
        var text = new StringBuilder(cast.tell(pick(OPENINGS, random), start));
        var steps = new ArrayList<Step>();
        int value = start;
        int count = random.nextInt(minSteps, maxSteps + 1);
        while (steps.size() < count) {
            Step step = step(value, random);
            List<String> sentences = step.operation() == Operation.PLUS ? GAINS : LOSSES;
            text.append(' ').append(cast.tell(pick(sentences, random), step.amount()));
            steps.add(step);
            value = step.after(value);
        }
        text.append(' ').append(cast.tell(pick(QUESTIONS, random), value));
        return new Problem(text.toString(), start, steps);
    }

    private static Step step(int value, RandomGenerator random) {
        boolean canLose = value > 3;
        boolean mustLose = value > PLENTY;
        boolean gain = !mustLose && (!canLose || random.nextBoolean());
        int largest = gain ? LARGEST_AMOUNT : Math.min(LARGEST_AMOUNT, value - 1);
        return new Step(gain ? Operation.PLUS : Operation.MINUS, random.nextInt(SMALLEST_AMOUNT, largest + 1));
    }

    private static <T> T pick(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// Who a story is about, who else is in it, and what is counted.
    private record Cast(String owner, String other, String things) {
        static Cast draw(RandomGenerator random) {
            int owner = random.nextInt(NAMES.size());
            int other = (owner + 1 + random.nextInt(NAMES.size() - 1)) % NAMES.size();
            return new Cast(NAMES.get(owner), NAMES.get(other), pick(THINGS, random));
        }

        String tell(String sentence, int number) {
            return sentence.replace("{a}", owner)
                    .replace("{b}", other)
                    .replace("{t}", things)
                    .replace("{n}", Integer.toString(number));
        }
    }
}
