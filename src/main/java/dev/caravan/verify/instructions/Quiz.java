package dev.caravan.verify.instructions;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// IFBench's quiz: four questions with five options each, every question longer than the one before, nothing else.
record Quiz() implements Instruction {
    private static final int QUESTIONS = 4;
    private static final int OPTIONS = 5;
    private static final Pattern LABEL = Pattern.compile("Question \\p{Nd}++[.|):;]?");
    private static final Pattern OPTION = Pattern.compile("[A-Ea-e][.|)]" + PythonText.SPACE + "*+" + PythonText.WORD);

    @Override
    public boolean isFollowedBy(String response) {
        if (!response.startsWith("Question")) {
            return false;
        }
        List<List<String>> questions = LABEL.splitAsStream(response)
                .map(PythonText::strip)
                .filter(question -> !question.isEmpty())
                .map(question -> PythonText.split(question, "\n").stream()
                        .map(PythonText::strip)
                        .toList())
                .toList();
        return questions.size() == QUESTIONS
                && questions.stream()
                        .allMatch(lines -> lines.stream().filter(Quiz::isOption).count() == OPTIONS)
                && IntStream.range(1, QUESTIONS).allMatch(i -> length(questions.get(i - 1)) < length(questions.get(i)));
    }

    private static boolean isOption(String line) {
        return OPTION.matcher(line).lookingAt();
    }

    /// Of the lines before the first option, joined by spaces.
    private static int length(List<String> lines) {
        String question = PythonText.strip(String.join(
                " ", lines.stream().takeWhile(line -> !isOption(line)).toList()));
        return question.codePointCount(0, question.length());
    }
}
