package dev.caravan.config;

import dev.caravan.DataException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// YAML to records. A component is a key, its type the parser, [Default] its default, `Optional` an absent key, the
/// compact constructor its rule, and a sealed interface a choice made by the key `type`. The schema is closed: an
/// unknown key is a problem. All problems of a text are found in one reading.
public final class Binder {
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Object> parts = new HashMap<>();

    private Binder() {}

    /// Binds a file.
    ///
    /// @param overrides `path=value`, as after `--set`
    public static <T extends Record> Bound<T> read(Class<T> type, Path file, List<String> overrides) {
        try {
            return bind(type, file.toString(), Files.readString(file), overrides);
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": there is no such file, or it is not UTF-8 text", e);
        }
    }

    /// Binds a text.
    ///
    /// @param name what messages call the text
    public static <T extends Record> Bound<T> bind(Class<T> type, String name, String text, List<String> overrides) {
        var binder = new Binder();
        Optional<T> record = binder.bind(type, name, text, overrides, new Overrides(binder.problems));
        Optional<T> sound = binder.problems.isEmpty() ? record : Optional.empty();
        return new Bound<>(name, sound, binder.problems, binder.places, binder.parts);
    }

    private <T> Optional<T> bind(Class<T> type, String name, String text, List<String> overrides, Overrides into) {
        try {
            Optional<Node> root = Yaml.compose(name, text);
            if (root.isEmpty()) problems.add(new Problem(name, 1, "", "is empty"));
            root.ifPresent(node -> overrides.forEach(override -> into.apply(node, override)));
            return root.flatMap(node -> value(type, node, "")).map(type::cast);
        } catch (Yaml.Malformed e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    /// The value of a node, or nothing after its problems have been noted.
    private Optional<?> value(Type type, Node node, String path) {
        places.put(path, Place.of(node));
        Optional<?> value = parse(type, node, path);
        value.ifPresent(part -> parts.putIfAbsent(path, part));
        return value;
    }

    private Optional<?> parse(Type type, Node node, String path) {
        if (node.getTag().equals(Tag.NULL)) return problem(node, path, "has no value");
        if (type instanceof ParameterizedType generic) return generic(generic, node, path);
        Class<?> plain = (Class<?>) type;
        if (plain.isSealed() && plain.isInterface()) return choice(plain, node, path);
        if (plain.isRecord() && !plain.isAnnotationPresent(Scalar.class)) {
            return record(plain, plain, node, path);
        }
        if (!(node instanceof ScalarNode scalar)) return problem(node, path, "must be " + Scalars.noun(plain));
        return plain.isRecord() ? wrapped(plain, scalar, path) : scalar(plain, scalar, path);
    }

    private Optional<?> generic(ParameterizedType type, Node node, String path) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) return present(value(arguments[0], node, path));
        if (type.getRawType() == List.class) return list(arguments[0], node, path);
        if (type.getRawType() == Map.class && arguments[0] == String.class) return map(arguments[1], node, path);
        throw new IllegalStateException("a recipe has no form for " + type);
    }

    /// The value of an `Optional` component, when its own value bound.
    private static Optional<?> present(Optional<?> value) {
        return value.isPresent() ? Optional.of(value) : value;
    }

    private Optional<?> list(Type element, Node node, String path) {
        if (!(node instanceof SequenceNode sequence)) return problem(node, path, "must be a list");
        var values = new ArrayList<Object>();
        List<Node> nodes = sequence.getValue();
        for (int i = 0; i < nodes.size(); i++) {
            value(element, nodes.get(i), path + "[" + i + "]").ifPresent(values::add);
        }
        return values.size() == nodes.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    private Optional<?> map(Type element, Node node, String path) {
        if (!(node instanceof MappingNode mapping)) return problem(node, path, "must be a section of keys and values");
        var values = new LinkedHashMap<String, Object>();
        Map<String, Node> entries = entries(mapping, path);
        entries.forEach(
                (key, child) -> value(element, child, at(path, key)).ifPresent(value -> values.put(key, value)));
        return values.size() == entries.size() ? Optional.of(Collections.unmodifiableMap(values)) : Optional.empty();
    }

    private Optional<?> choice(Class<?> of, Node node, String path) {
        if (!(node instanceof MappingNode mapping)) return problem(node, path, "must be a section with a type");
        Map<String, Class<?>> choices = Names.choices(of);
        Optional<Node> type = mapping.getValue().stream()
                .filter(tuple -> text(tuple.getKeyNode()).equals(Names.TYPE))
                .map(NodeTuple::getValueNode)
                .findFirst();
        if (type.isEmpty()) return problem(node, at(path, Names.TYPE), "is missing; choose one of " + choices.keySet());
        Class<?> chosen = choices.get(text(type.get()));
        if (chosen != null) return record(chosen, of, node, path);
        return problem(type.get(), at(path, Names.TYPE), notOneOf(text(type.get()), choices.keySet()));
    }

    /// @param of the sealed interface that the record was chosen from, or the record itself
    private Optional<?> record(Class<?> type, Class<?> of, Node node, String path) {
        if (!(node instanceof MappingNode mapping)) return problem(node, path, "must be a section of keys and values");
        SequencedMap<String, Node> entries = entries(mapping, path);
        if (of != type) entries.remove(Names.TYPE);
        List<RecordComponent> components = List.of(type.getRecordComponents());
        List<Object> values = components.stream()
                .flatMap(component -> component(component, entries, node, path).stream())
                .<Object>map(value -> value)
                .toList();
        List<String> keys = components.stream()
                .map(component -> Names.key(component.getName()))
                .toList();
        unknown(entries, keys, Names.choice(type, of), path);
        return values.size() == components.size()
                ? construct(type, values.toArray(), entries, node, path)
                : Optional.empty();
    }

    private void unknown(SequencedMap<String, Node> entries, List<String> keys, String owner, String path) {
        entries.forEach((key, node) -> {
            if (keys.contains(key)) return;
            problem(node, at(path, key), "is not a key of " + owner + NearMiss.suggestion(key, keys));
        });
    }

    private Optional<?> component(RecordComponent component, Map<String, Node> entries, Node around, String path) {
        String key = Names.key(component.getName());
        Node given = entries.get(key);
        if (given != null) return value(component.getGenericType(), given, at(path, key));
        if (component.getType() == Optional.class) return Optional.of(Optional.empty());
        Default written = component.getAnnotation(Default.class);
        if (written == null) return problem(around, at(path, key), "is missing");
        return new Binder().defaultOf(component, written);
    }

    private Optional<?> defaultOf(RecordComponent component, Default written) {
        try {
            Optional<?> value = Yaml.compose("default", written.value())
                    .flatMap(node -> value(component.getGenericType(), node, ""));
            if (problems.isEmpty() && value.isPresent()) return value;
            throw new IllegalStateException("the default of " + component + " does not bind: " + problems);
        } catch (Yaml.Malformed e) {
            throw new IllegalStateException("the default of " + component + " is not YAML", e);
        }
    }

    private Optional<?> construct(Class<?> type, Object[] values, Map<String, Node> entries, Node around, String path) {
        try {
            return Optional.of(Records.construct(type, values));
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IllegalArgumentException rule)) throw new IllegalStateException(e.getCause());
            String message = String.valueOf(rule.getMessage());
            Node named = entries.get(message.split(" ", 2)[0]);
            return problem(named == null ? around : named, path, message);
        }
    }

    private Optional<?> wrapped(Class<?> type, ScalarNode node, String path) {
        return construct(type, new Object[] {node.getValue()}, Map.of(), node, path);
    }

    private Optional<?> scalar(Class<?> type, ScalarNode node, String path) {
        if (type.isEnum()) return constant(type, node, path);
        Optional<?> value = Scalars.parse(type, node.getValue(), node.isPlain());
        return value.isPresent()
                ? value
                : problem(node, path, "'" + node.getValue() + "' is not " + Scalars.noun(type));
    }

    private Optional<?> constant(Class<?> type, ScalarNode node, String path) {
        Map<String, Object> words = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(c -> Names.word((Enum<?>) c), c -> c, (a, _) -> a, LinkedHashMap::new));
        Object constant = words.get(node.getValue());
        return constant != null
                ? Optional.of(constant)
                : problem(node, path, notOneOf(node.getValue(), words.keySet()));
    }

    /// The entries of a section by key; a key that is given twice is a problem.
    private SequencedMap<String, Node> entries(MappingNode mapping, String path) {
        var entries = new LinkedHashMap<String, Node>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode());
            Node first = entries.putIfAbsent(key, tuple.getValueNode());
            if (first != null) {
                problem(
                        tuple.getKeyNode(),
                        at(path, key),
                        "is given twice, first on line " + Place.of(first).line());
            }
        }
        return entries;
    }

    private Optional<?> problem(Node node, String path, String message) {
        problems.add(Problem.at(Place.of(node), path, message));
        return Optional.empty();
    }

    private static String notOneOf(String written, Collection<String> words) {
        return "'" + written + "' is not one of " + words + NearMiss.suggestion(written, words);
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static String at(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
