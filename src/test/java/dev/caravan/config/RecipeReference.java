package dev.caravan.config;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The reference of a recipe's keys as a Markdown page, from the records and their documentation comments.
public final class RecipeReference {
    private static final String HEAD = """
            # Recipe reference

            Every key of a recipe, with its type, its default and its meaning. A key without a default must be given, unless it
            is optional. An unknown key is a mistake. A test writes this page from the records in the code.
            """;

    private final Path sources;
    private final ArrayDeque<Class<?>> open = new ArrayDeque<>();
    private final Set<Class<?>> seen = new LinkedHashSet<>();
    private final StringBuilder page = new StringBuilder(HEAD);

    /// @param sources the folder of the packages
    public RecipeReference(Path sources) {
        this.sources = sources;
    }

    /// The page of a record and of all records that its keys lead to.
    public String page(Class<?> root) throws IOException {
        add(root);
        while (!open.isEmpty()) {
            Class<?> next = open.pop();
            if (next.isSealed()) {
                choices(next);
            } else {
                section("## " + Names.choice(next, next), next);
            }
        }
        return page.toString();
    }

    private void choices(Class<?> sealed) throws IOException {
        page.append("\n## ").append(Names.choice(sealed, sealed)).append("\n\n").append(summary(sealed));
        page.append(" The key `type` chooses one of these.\n");
        for (var choice : Names.choices(sealed).entrySet()) {
            section("### " + choice.getKey(), choice.getValue());
        }
    }

    private void section(String title, Class<?> record) throws IOException {
        page.append('\n').append(title).append("\n\n").append(summary(record)).append("\n\n");
        page.append("| key | type | default | meaning |\n|---|---|---|---|\n");
        for (RecordComponent component : record.getRecordComponents()) {
            page.append("| `%s` | %s | %s | %s |%n"
                    .formatted(
                            Names.key(component.getName()),
                            type(component.getGenericType()),
                            preset(component),
                            parameter(record, component.getName())));
        }
    }

    private static String preset(RecordComponent component) {
        Default written = component.getAnnotation(Default.class);
        if (written != null) return "`" + written.value() + "`";
        return component.getType() == Optional.class ? "optional" : "";
    }

    private String type(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) return type(arguments[0]);
            return generic.getRawType() == List.class
                    ? "list of " + type(arguments[0])
                    : "keys and values, each " + type(arguments[1]);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants())
                    .map(constant -> "`" + Names.word((Enum<?>) constant) + "`")
                    .collect(Collectors.joining(" or "));
        }
        boolean section = plain.isSealed() || plain.isRecord() && !plain.isAnnotationPresent(Scalar.class);
        if (section) add(plain);
        String name = Names.choice(plain, plain);
        return section ? "[" + name + "](#" + name + ")" : plain.isRecord() ? name : Scalars.noun(plain);
    }

    private void add(Class<?> type) {
        if (seen.add(type)) open.add(type);
    }

    private String summary(Class<?> type) throws IOException {
        return comment(type).split("(?m)^@param|\n\n", 2)[0].replace('\n', ' ').strip();
    }

    private String parameter(Class<?> record, String component) throws IOException {
        Matcher text = Pattern.compile("(?ms)^@param " + component + "\\s+(.*?)(?=^@|\\z)")
                .matcher(comment(record));
        if (!text.find()) throw new AssertionError(record + " does not document its component " + component);
        return text.group(1).strip().replace('\n', ' ').replace("|", "\\|");
    }

    /// The `///` lines above a type's declaration.
    private String comment(Class<?> type) throws IOException {
        Class<?> outer = type;
        while (outer.getEnclosingClass() != null) {
            outer = outer.getEnclosingClass();
        }
        var above = new ArrayList<String>();
        Pattern declaration = Pattern.compile(".*\\b(record|interface) " + type.getSimpleName() + "\\b.*");
        for (String line : Files.readAllLines(sources.resolve(outer.getName().replace('.', '/') + ".java"))) {
            String text = line.strip();
            if (text.startsWith("///")) {
                above.add(text.replaceFirst("/// ?", ""));
            } else if (declaration.matcher(text).matches()) {
                return String.join("\n", above);
            } else if (!text.startsWith("@")) {
                above.clear();
            }
        }
        throw new AssertionError("no source of " + type);
    }
}
