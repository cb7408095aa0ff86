package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.generate.Watch;
import dev.caravan.io.Interrupted;
import dev.caravan.io.Json;
import dev.caravan.io.Sha256;
import dev.caravan.judge.Comparison;
import dev.caravan.judge.Judge;
import dev.caravan.judge.Rated;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `caravan judge`: ratings of several answers to a prompt.
@Command(
        name = "judge",
        mixinStandardHelpOptions = true,
        description = "Rate answers: {\"prompt\" or \"messages\", \"completions\": [text…]} to the row with"
                + " {\"ratings\": [{aspect: 1…5}…], \"means\": […]}.")
final class JudgeCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final int ROWS_AT_A_TIME = 64;

    @Mixin
    private final RowTool rows = new RowTool();

    @Mixin
    private final JudgeOptions options = new JudgeOptions();

    /// What ends the command is no fault of a row.
    private static final class JudgeGone extends RuntimeException {
        JudgeGone(DataException cause) {
            super(cause);
        }
    }

    private record Asked(ObjectNode row, Comparison comparison) {}

    @Override
    public Integer call() {
        try {
            return options.with(this::rate);
        } catch (JudgeGone e) {
            throw (DataException) e.getCause();
        } catch (Interrupted e) {
            System.err.println("caravan: " + e.getMessage());
            return INTERRUPTED;
        }
    }

    private int rate(Judge judge) {
        try {
            return rows.batches(ROWS_AT_A_TIME, JudgeCommand::asked, asked -> rated(judge, asked));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Asked asked(ObjectNode row) {
        List<String> texts = CompletionRows.texts(row);
        return new Asked(row, new Comparison(Sha256.of(row.toString()), CompletionRows.prompt(row), texts));
    }

    private static List<ObjectNode> rated(Judge judge, List<Asked> asked) {
        List<Rated> rated;
        try {
            rated = judge.rate(asked.stream().map(Asked::comparison).toList(), Watch.NOBODY);
        } catch (DataException e) {
            throw new JudgeGone(e);
        }
        return IntStream.range(0, asked.size())
                .mapToObj(i -> answer(asked.get(i), rated.get(i)))
                .toList();
    }

    private static ObjectNode answer(Asked asked, Rated rated) {
        ObjectNode answer = asked.row().deepCopy();
        switch (rated) {
            case Rated.Failed(var because) -> answer.put("error", "the judge's reply cannot be read: " + because);
            case Rated.Ratings ratings -> {
                ArrayNode list = answer.putArray("ratings");
                ArrayNode means = answer.putArray("means");
                for (int i = 0; i < asked.comparison().texts().size(); i++) {
                    list.add(Json.mapper().<JsonNode>valueToTree(ratings.of(i)));
                    ratings.mean(i).ifPresentOrElse(means::add, means::addNull);
                }
            }
        }
        return answer;
    }
}
