package dev.caravan.verify;

import dev.caravan.DataException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A JSON schema of these keywords: `type`, `enum`, `const`, `properties`, `required`, `additionalProperties`,
/// `minProperties`, `maxProperties`, `prefixItems`, `items`, `minItems`, `maxItems`, `uniqueItems`, `minLength`,
/// `maxLength`, `minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`, `allOf`, `anyOf`, `oneOf`,
/// `not` and `$ref` within the schema. Annotations, `format` among them, decide nothing. One use decides one value.
final class JsonSchema {
    static final int MOST_STEPS = 1_000_000;
    private static final int DEEPEST = 400;
    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$id",
            "$comment",
            "$defs",
            "definitions",
            "title",
            "description",
            "default",
            "examples",
            "format",
            "deprecated",
            "readOnly",
            "writeOnly");

    private final JsonNode root;
    private int steps;

    JsonSchema(JsonNode root) {
        this.root = root;
    }

    /// Where a value breaks the schema; empty where it does not.
    ///
    /// @throws DataException when the schema cannot be decided
    Optional<String> objection(JsonNode value) {
        return objection(root, value, "$", 0);
    }

    private Optional<String> objection(JsonNode schema, JsonNode value, String path, int depth) {
        step(depth);
        if (schema.isBoolean()) return schema.asBoolean() ? Optional.empty() : no(path, "is not allowed");
        if (!schema.isObject())
            throw new DataException("a schema is an object or a truth value, got " + Excerpt.of(schema.toString()));
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            Optional<String> objection =
                    objection(keyword.getKey(), keyword.getValue(), schema, value, path, depth + 1);
            if (objection.isPresent()) return objection;
        }
        return Optional.empty();
    }

    private void step(int depth) {
        if (++steps > MOST_STEPS || depth > DEEPEST) {
            throw new DataException(
                    "the schema takes more than %d steps here, or nests too deeply".formatted(MOST_STEPS));
        }
    }

    private Optional<String> objection(
            String keyword, JsonNode rule, JsonNode schema, JsonNode value, String path, int depth) {
        return switch (keyword) {
            case "type" -> unless(isOfType(rule, value), path, "is not of type " + rule);
            case "enum" -> unless(rule.valueStream().anyMatch(one -> equal(one, value)), path, "is none of " + rule);
            case "const" -> unless(equal(rule, value), path, "is not " + rule);
            case "required" -> value.isObject() ? required(rule, value, path) : Optional.empty();
            case "properties" -> value.isObject() ? properties(rule, value, path, depth) : Optional.empty();
            case "additionalProperties" ->
                value.isObject() ? others(rule, schema, value, path, depth) : Optional.empty();
            case "minProperties", "maxProperties" ->
                value.isObject() ? size(keyword, rule, value.size(), path) : Optional.empty();
            case "minItems", "maxItems" -> value.isArray() ? size(keyword, rule, value.size(), path) : Optional.empty();
            case "minLength", "maxLength" ->
                value.isString()
                        ? size(keyword, rule, value.asString().codePoints().count(), path)
                        : Optional.empty();
            case "prefixItems" -> value.isArray() ? items(rule, value, path, depth) : Optional.empty();
            case "items" -> value.isArray() ? rest(rule, schema, value, path, depth) : Optional.empty();
            case "uniqueItems" ->
                unless(!rule.asBoolean(false) || !value.isArray() || isUnique(value), path, "repeats an item");
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" ->
                value.isNumber() ? number(keyword, rule, value, path) : Optional.empty();
            case "allOf" -> first(rule, value, path, depth);
            case "anyOf" -> unless(passing(rule, value, path, depth) > 0, path, "is none of anyOf");
            case "oneOf" -> unless(passing(rule, value, path, depth) == 1, path, "is not exactly one of oneOf");
            case "not" -> unless(objection(rule, value, path, depth).isPresent(), path, "is what it must not be");
            case "$ref" -> objection(target(rule.asString("")), value, path, depth);
            default -> {
                if (ANNOTATIONS.contains(keyword)) yield Optional.empty();
                throw new DataException("the schema's keyword '" + Excerpt.of(keyword) + "' is not known here");
            }
        };
    }

    private static boolean isOfType(JsonNode rule, JsonNode value) {
        return rule.isArray()
                ? rule.valueStream().anyMatch(one -> isOfType(one, value))
                : isOfType(rule.asString(""), value);
    }

    private static boolean isOfType(String type, JsonNode value) {
        return switch (type) {
            case "null" -> value.isNull();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "number" -> value.isNumber();
            case "integer" -> value.isNumber() && isWhole(decimal(value));
            default -> throw new DataException("the schema knows no type '" + Excerpt.of(type) + "'");
        };
    }

    private static boolean isWhole(BigDecimal number) {
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    }

    /// Numbers are equal by value: 1 and 1.0 are.
    private boolean equal(JsonNode one, JsonNode other) {
        step(0);
        if (one.isNumber() && other.isNumber()) return decimal(one).compareTo(decimal(other)) == 0;
        if (one.isArray() && other.isArray()) {
            Iterator<JsonNode> others = other.iterator();
            return one.size() == other.size() && one.valueStream().allMatch(item -> equal(item, others.next()));
        }
        if (one.isObject() && other.isObject()) {
            return one.size() == other.size()
                    && one.properties().stream()
                            .allMatch(each ->
                                    other.has(each.getKey()) && equal(each.getValue(), other.get(each.getKey())));
        }
        return one.equals(other);
    }

    private static BigDecimal decimal(JsonNode number) {
        try {
            return number.decimalValue();
        } catch (RuntimeException e) {
            throw new DataException("the number " + Excerpt.of(number.toString()) + " cannot be compared", e);
        }
    }

    private Optional<String> required(JsonNode names, JsonNode value, String path) {
        return names.valueStream()
                .map(name -> name.asString(""))
                .filter(name -> !value.has(name))
                .findFirst()
                .flatMap(name -> no(path, "lacks '" + Excerpt.of(name) + "'"));
    }

    private Optional<String> properties(JsonNode rules, JsonNode value, String path, int depth) {
        for (Map.Entry<String, JsonNode> rule : rules.properties()) {
            JsonNode part = value.get(rule.getKey());
            if (part == null) continue;
            Optional<String> objection = objection(rule.getValue(), part, path + "." + rule.getKey(), depth);
            if (objection.isPresent()) return objection;
        }
        return Optional.empty();
    }

    private Optional<String> others(JsonNode rule, JsonNode schema, JsonNode value, String path, int depth) {
        for (Map.Entry<String, JsonNode> part : value.properties()) {
            if (schema.path("properties").has(part.getKey())) continue;
            Optional<String> objection = objection(rule, part.getValue(), path + "." + part.getKey(), depth);
            if (objection.isPresent()) return objection;
        }
        return Optional.empty();
    }

    private Optional<String> items(JsonNode rules, JsonNode value, String path, int depth) {
        for (int i = 0; i < Math.min(rules.size(), value.size()); i++) {
            Optional<String> objection = objection(rules.get(i), value.get(i), path + "[" + i + "]", depth);
            if (objection.isPresent()) return objection;
        }
        return Optional.empty();
    }

    private Optional<String> rest(JsonNode rule, JsonNode schema, JsonNode value, String path, int depth) {
        for (int i = schema.path("prefixItems").size(); i < value.size(); i++) {
            Optional<String> objection = objection(rule, value.get(i), path + "[" + i + "]", depth);
            if (objection.isPresent()) return objection;
        }
        return Optional.empty();
    }

    private Optional<String> first(JsonNode rules, JsonNode value, String path, int depth) {
        for (JsonNode rule : rules) {
            Optional<String> objection = objection(rule, value, path, depth);
            if (objection.isPresent()) return objection;
        }
        return Optional.empty();
    }

    private long passing(JsonNode rules, JsonNode value, String path, int depth) {
        return rules.valueStream()
                .filter(rule -> objection(rule, value, path, depth).isEmpty())
                .count();
    }

    private boolean isUnique(JsonNode value) {
        List<JsonNode> items = value.valueStream().toList();
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            if (!seen.add(items.get(i))) return false;
            for (int j = 0; j < i; j++) {
                if (equal(items.get(i), items.get(j))) return false;
            }
        }
        return true;
    }

    private static Optional<String> size(String keyword, JsonNode limit, long size, String path) {
        if (!limit.isNumber()) throw new DataException(keyword + " must be a number, got " + limit);
        int order = BigDecimal.valueOf(size).compareTo(decimal(limit));
        boolean holds = keyword.startsWith("min") ? order >= 0 : order <= 0;
        return unless(holds, path, "breaks " + keyword + " " + limit + " with " + size);
    }

    private static Optional<String> number(String keyword, JsonNode limit, JsonNode value, String path) {
        if (!limit.isNumber()) throw new DataException(keyword + " must be a number, got " + limit);
        int order = decimal(value).compareTo(decimal(limit));
        boolean holds = switch (keyword) {
            case "minimum" -> order >= 0;
            case "maximum" -> order <= 0;
            case "exclusiveMinimum" -> order > 0;
            case "exclusiveMaximum" -> order < 0;
            default -> isMultiple(decimal(value), decimal(limit));
        };
        return unless(holds, path, "breaks " + keyword + " " + limit);
    }

    /// Only where both have a size that can be worked with: exponents may be beyond all bounds.
    private static boolean isMultiple(BigDecimal value, BigDecimal step) {
        if (step.signum() <= 0) throw new DataException("multipleOf must be positive, got " + step);
        if (Math.abs((long) value.scale() - step.scale()) > 1_000) {
            throw new DataException("multipleOf cannot be decided for numbers of such different sizes");
        }
        return value.remainder(step).signum() == 0;
    }

    private JsonNode target(String reference) {
        if (!reference.equals("#") && !reference.startsWith("#/")) {
            throw new DataException("$ref must lie in the schema itself, got '" + Excerpt.of(reference) + "'");
        }
        JsonNode target = root;
        for (String part : reference.substring(1).split("/", -1)) {
            if (part.isEmpty() && target == root) continue;
            String name = part.replace("~1", "/").replace("~0", "~");
            target = target.isArray() && name.matches("\\d{1,6}")
                    ? target.path(Integer.parseInt(name))
                    : target.path(name);
        }
        if (target.isMissingNode()) throw new DataException("$ref leads nowhere: '" + Excerpt.of(reference) + "'");
        return target;
    }

    private static Optional<String> unless(boolean holds, String path, String objection) {
        return holds ? Optional.empty() : no(path, objection);
    }

    private static Optional<String> no(String path, String objection) {
        return Optional.of(Excerpt.of(path) + " " + Excerpt.of(objection));
    }
}
