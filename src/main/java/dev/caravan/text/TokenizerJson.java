package dev.caravan.text;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Hugging Face's `tokenizer.json`, in and out, as far as byte-level BPE goes.
final class TokenizerJson {
    private static final String SUPPORTED = "; supported are byte-level BPE tokenizers (GPT-2, Llama 3, Qwen, SmolLM,"
            + " OLMo 2); export the model with such a tokenizer.json";

    private TokenizerJson() {}

    static TokenizerDefinition read(String json) {
        JsonNode root = Json.tree(json);
        JsonNode model = root.path("model");
        String type = model.path("type").asString("BPE");
        if (!type.equals("BPE") || !model.path("vocab").isObject()) throw unsupported("model.type", type);
        if (model.path("byte_fallback").asBoolean(false)) throw unsupported("model.byte_fallback", "true");
        return new TokenizerDefinition(
                vocabulary(model.path("vocab")),
                merges(model.path("merges")),
                added(root.path("added_tokens")),
                preTokenizer(root.path("pre_tokenizer")),
                composes(root.path("normalizer")),
                model.path("ignore_merges").asBoolean(false),
                leading(root.path("post_processor")));
    }

    private static DataException unsupported(String what, String value) {
        return new DataException("tokenizer.json has " + what + " '" + value + "'" + SUPPORTED);
    }

    private static List<String> vocabulary(JsonNode vocabulary) {
        int size = 0;
        for (var entry : vocabulary.properties())
            size = Math.max(size, entry.getValue().asInt() + 1);
        var tokens = new ArrayList<>(Collections.nCopies(size, ""));
        for (var entry : vocabulary.properties()) tokens.set(entry.getValue().asInt(), entry.getKey());
        return tokens;
    }

    private static List<String> merges(JsonNode merges) {
        var pairs = new ArrayList<String>(merges.size());
        for (JsonNode merge : merges) {
            boolean pair = merge.isArray();
            pairs.add(pair ? merge.path(0).asString() + " " + merge.path(1).asString() : merge.asString());
        }
        return pairs;
    }

    private static List<AddedToken> added(JsonNode tokens) {
        var added = new ArrayList<AddedToken>();
        for (JsonNode token : tokens) {
            added.add(new AddedToken(
                    token.path("id").asInt(),
                    token.path("content").asString(),
                    token.path("special").asBoolean(false),
                    token.path("lstrip").asBoolean(false),
                    token.path("rstrip").asBoolean(false),
                    token.path("single_word").asBoolean(false)));
        }
        return added;
    }

    private static boolean composes(JsonNode normalizer) {
        if (normalizer.isMissingNode() || normalizer.isNull()) return false;
        String type = normalizer.path("type").asString();
        if (type.equals("NFC")) return true;
        if (!type.equals("Sequence")) throw unsupported("normalizer", type);
        boolean composes = false;
        for (JsonNode part : normalizer.path("normalizers")) composes |= composes(part);
        return composes;
    }

    private static PreTokenizer preTokenizer(JsonNode node) {
        String type = node.path("type").asString("none");
        return switch (type) {
            case "ByteLevel" -> byteLevel(node);
            case "Digits" ->
                new PreTokenizer.Digits(node.path("individual_digits").asBoolean(false));
            case "Split" -> split(node);
            case "Sequence" -> sequence(node.path("pretokenizers"));
            default -> throw unsupported("pre_tokenizer", type);
        };
    }

    private static PreTokenizer byteLevel(JsonNode node) {
        if (node.path("add_prefix_space").asBoolean(false)) throw unsupported("pre_tokenizer.add_prefix_space", "true");
        return new PreTokenizer.ByteLevel(node.path("use_regex").asBoolean(true));
    }

    private static PreTokenizer sequence(JsonNode parts) {
        var list = new ArrayList<PreTokenizer>();
        for (JsonNode part : parts) list.add(preTokenizer(part));
        return new PreTokenizer.Sequence(list);
    }

    private static PreTokenizer split(JsonNode node) {
        String behavior = node.path("behavior").asString();
        boolean invert = node.path("invert").asBoolean(false);
        boolean matchesOnly = behavior.equals("Removed") && invert;
        if (!matchesOnly && !behavior.equals("Isolated")) throw unsupported("Split.behavior", behavior);
        JsonNode pattern = node.path("pattern");
        if (!pattern.path("Regex").isString()) throw unsupported("Split.pattern", pattern.toString());
        return new PreTokenizer.Split(pattern.path("Regex").asString(), matchesOnly);
    }

    private static OptionalInt leading(JsonNode processor) {
        for (JsonNode part : processor.path("processors")) {
            OptionalInt found = leading(part);
            if (found.isPresent()) return found;
        }
        String first =
                processor.path("single").path(0).path("SpecialToken").path("id").asString("");
        JsonNode id = processor.path("special_tokens").path(first).path("ids").path(0);
        return id.isInt() ? OptionalInt.of(id.asInt()) : OptionalInt.empty();
    }

    static String write(TokenizerDefinition definition) {
        var root = Json.mapper().createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        var added = root.putArray("added_tokens");
        for (AddedToken token : definition.added()) added.addPOJO(json(token));
        if (definition.nfc()) root.putObject("normalizer").put("type", "NFC");
        else root.putNull("normalizer");
        root.set("pre_tokenizer", json(definition.preTokenizer()));
        definition
                .leading()
                .ifPresentOrElse(
                        id -> root.set("post_processor", leadingJson(definition, id)),
                        () -> root.putNull("post_processor"));
        root.set("decoder", byteLevelJson(true));
        root.set("model", model(definition));
        return Json.write(root);
    }

    private static Map<String, Object> json(AddedToken token) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", token.id());
        json.put("content", token.content());
        json.put("single_word", token.singleWord());
        json.put("lstrip", token.lstrip());
        json.put("rstrip", token.rstrip());
        json.put("normalized", false);
        json.put("special", token.special());
        return json;
    }

    private static ObjectNode json(PreTokenizer preTokenizer) {
        return switch (preTokenizer) {
            case PreTokenizer.ByteLevel(boolean useRegex) -> byteLevelJson(useRegex);
            case PreTokenizer.Digits(boolean individual) -> typed("Digits").put("individual_digits", individual);
            case PreTokenizer.Split split -> splitJson(split);
            case PreTokenizer.Sequence(List<PreTokenizer> parts) -> {
                ObjectNode json = typed("Sequence");
                var array = json.putArray("pretokenizers");
                parts.forEach(part -> array.add(json(part)));
                yield json;
            }
        };
    }

    private static ObjectNode typed(String type) {
        return Json.mapper().createObjectNode().put("type", type);
    }

    private static ObjectNode byteLevelJson(boolean useRegex) {
        return typed("ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", useRegex);
    }

    private static ObjectNode splitJson(PreTokenizer.Split split) {
        ObjectNode json = typed("Split");
        json.putObject("pattern").put("Regex", split.pattern());
        return json.put("behavior", split.matchesOnly() ? "Removed" : "Isolated")
                .put("invert", split.matchesOnly());
    }

    private static ObjectNode leadingJson(TokenizerDefinition definition, int id) {
        String content = definition.added().stream()
                .filter(token -> token.id() == id)
                .map(AddedToken::content)
                .findFirst()
                .orElseGet(() -> definition.tokens().get(id));
        ObjectNode json = typed("TemplateProcessing");
        json.set("single", Json.mapper().valueToTree(List.of(specialJson(content, 0), sequenceJson("A", 0))));
        json.set(
                "pair",
                Json.mapper()
                        .valueToTree(List.of(
                                specialJson(content, 0),
                                sequenceJson("A", 0),
                                specialJson(content, 1),
                                sequenceJson("B", 1))));
        json.set("special_tokens", Json.mapper().valueToTree(Map.of(content, special(content, id))));
        return json;
    }

    private static Map<String, Object> special(String content, int id) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", content);
        json.put("ids", List.of(id));
        json.put("tokens", List.of(content));
        return json;
    }

    private static Map<String, Object> specialJson(String content, int type) {
        return Map.of("SpecialToken", item(content, type));
    }

    private static Map<String, Object> sequenceJson(String name, int type) {
        return Map.of("Sequence", item(name, type));
    }

    private static Map<String, Object> item(String id, int type) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", id);
        json.put("type_id", type);
        return json;
    }

    private static ObjectNode model(TokenizerDefinition definition) {
        ObjectNode model = typed("BPE");
        model.putNull("dropout").putNull("unk_token").putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix").put("fuse_unk", false).put("byte_fallback", false);
        model.put("ignore_merges", definition.ignoreMerges());
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < definition.tokens().size(); id++) {
            if (!definition.tokens().get(id).isEmpty())
                vocabulary.put(definition.tokens().get(id), id);
        }
        var merges = model.putArray("merges");
        definition.merges().forEach(merges::add);
        return model;
    }
}
