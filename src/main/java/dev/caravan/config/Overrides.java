package dev.caravan.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Puts `--set path=value` into a tree before it is bound, so that a value from the command line meets the same
/// rules as one from the file. An element of a list is addressed by its `out` or by its number:
/// `stages.sft.epochs`, `stages.2.epochs`.
final class Overrides {
    /// What the label of an overriding node begins with.
    static final String FLAG = "--set ";

    private static final String NAME_OF_ELEMENT = "out";

    private final List<Problem> problems;

    Overrides(List<Problem> problems) {
        this.problems = problems;
    }

    /// @param override `path=value`, the value written as in YAML
    void apply(Node root, String override) {
        int equals = override.indexOf('=');
        String label = FLAG + override;
        if (equals <= 0) {
            problems.add(new Problem(label, 0, "", "is not of the form path=value"));
            return;
        }
        try {
            Node value = Yaml.compose(label, override.substring(equals + 1)).orElseGet(() -> empty(root));
            set(root, List.of(override.substring(0, equals).split("\\.", -1)), 0, value, label);
        } catch (Yaml.Malformed e) {
            problems.add(e.problem());
        }
    }

    private void set(Node node, List<String> path, int depth, Node value, String label) {
        String segment = path.get(depth);
        boolean last = depth == path.size() - 1;
        switch (node) {
            case MappingNode mapping when last -> put(mapping, segment, value);
            case MappingNode mapping -> set(section(mapping, segment, value), path, depth + 1, value, label);
            case SequenceNode list ->
                element(list, segment)
                        .ifPresentOrElse(
                                index -> setElement(list, index, path, depth, value, label),
                                () -> problem(label, path, depth, noElement(list, segment)));
            default -> problem(label, path, depth, "lies inside a plain value, which has no keys");
        }
    }

    private void setElement(SequenceNode list, int index, List<String> path, int depth, Node value, String label) {
        if (depth == path.size() - 1) {
            list.getValue().set(index, value);
        } else {
            set(list.getValue().get(index), path, depth + 1, value, label);
        }
    }

    private void problem(String label, List<String> path, int depth, String message) {
        problems.add(new Problem(label, 0, String.join(".", path.subList(0, depth + 1)), message));
    }

    private static void put(MappingNode mapping, String key, Node value) {
        var tuples = new ArrayList<NodeTuple>();
        boolean replaced = false;
        for (NodeTuple tuple : mapping.getValue()) {
            boolean same = key(tuple).equals(key);
            tuples.add(same ? new NodeTuple(tuple.getKeyNode(), value) : tuple);
            replaced |= same;
        }
        if (!replaced) tuples.add(new NodeTuple(keyNode(key, value), value));
        mapping.setValue(tuples);
    }

    /// The value under a key, or a new section there.
    private static Node section(MappingNode mapping, String key, Node value) {
        Optional<Node> present = mapping.getValue().stream()
                .filter(tuple -> key(tuple).equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
        return present.orElseGet(() -> {
            Node section = new MappingNode(
                    Tag.MAP, true, new ArrayList<>(), FlowStyle.BLOCK, value.getStartMark(), value.getEndMark());
            put(mapping, key, section);
            return section;
        });
    }

    private static Optional<Integer> element(SequenceNode list, String segment) {
        List<String> names = names(list);
        OptionalInt named = IntStream.range(0, names.size())
                .filter(i -> names.get(i).equals(segment))
                .findFirst();
        if (named.isPresent()) return Optional.of(named.getAsInt());
        if (!segment.matches("\\d{1,6}")) return Optional.empty();
        return Optional.of(Integer.parseInt(segment)).filter(index -> index < names.size());
    }

    private static String noElement(SequenceNode list, String segment) {
        List<String> names =
                names(list).stream().filter(name -> !name.isEmpty()).toList();
        return "names no element; there are " + list.getValue().size() + ": " + names
                + NearMiss.suggestion(segment, names);
    }

    /// The `out` of every element, empty where it has none.
    private static List<String> names(SequenceNode list) {
        return list.getValue().stream().map(Overrides::name).toList();
    }

    private static String name(Node element) {
        if (!(element instanceof MappingNode mapping)) return "";
        return mapping.getValue().stream()
                .filter(tuple -> key(tuple).equals(NAME_OF_ELEMENT))
                .map(tuple -> text(tuple.getValueNode()))
                .findFirst()
                .orElse("");
    }

    private static String key(NodeTuple tuple) {
        return text(tuple.getKeyNode());
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static Node keyNode(String key, Node value) {
        return new ScalarNode(Tag.STR, true, key, ScalarStyle.PLAIN, value.getStartMark(), value.getEndMark());
    }

    private static Node empty(Node like) {
        return new ScalarNode(Tag.NULL, true, "", ScalarStyle.PLAIN, like.getStartMark(), like.getEndMark());
    }
}
