package dev.caravan.verify;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// One answer to a DROP question: the spans that belong to it together.
record DropAnswer(List<DropSpan> spans) {
    /// A text is an answer of one span, a list one of several.
    static DropAnswer of(String text) {
        return GivenList.of(text)
                .filter(list -> list.stream().noneMatch(JsonNode::isContainer))
                .map(DropAnswer::ofSpans)
                .orElseGet(() -> new DropAnswer(List.of(DropSpan.of(text))));
    }

    /// The accepted answers: the lists in a list of lists, otherwise one.
    static List<DropAnswer> alternatives(String expected) {
        return GivenList.of(expected)
                .filter(list -> list.stream().anyMatch(JsonNode::isArray))
                .map(list -> list.stream().map(DropAnswer::alternative).toList())
                .orElseGet(() -> List.of(of(expected)));
    }

    boolean equalsExactly(DropAnswer other) {
        return spans.size() == other.spans.size() && texts().equals(other.texts());
    }

    /// The mean F1 of the spans under their best one-to-one alignment; a span left over counts zero.
    double f1(DropAnswer predicted) {
        int longer = Math.max(spans.size(), predicted.spans.size());
        if (longer == 0) {
            return 1;
        }
        return new Assignment(scores(predicted)).greatestSum() / longer;
    }

    /// The shorter answer's spans down, the longer one's across.
    private double[][] scores(DropAnswer predicted) {
        boolean wider = predicted.spans.size() >= spans.size();
        return IntStream.range(0, Math.min(spans.size(), predicted.spans.size()))
                .mapToObj(row -> (wider ? predicted : this)
                        .spans.stream()
                                .mapToDouble(across ->
                                        wider ? spans.get(row).f1(across) : across.f1(predicted.spans.get(row)))
                                .toArray())
                .toArray(double[][]::new);
    }

    private HashSet<String> texts() {
        return spans.stream().map(DropSpan::text).collect(Collectors.toCollection(HashSet::new));
    }

    private static DropAnswer alternative(JsonNode node) {
        return node.isArray() ? ofSpans(node.valueStream().toList()) : ofSpans(List.of(node));
    }

    private static DropAnswer ofSpans(List<JsonNode> nodes) {
        return new DropAnswer(
                nodes.stream().map(node -> DropSpan.of(node.asString(""))).toList());
    }
}
