package dev.caravan.cli;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import dev.caravan.model.ModelTokens;
import dev.caravan.text.ChatTemplate;
import dev.caravan.text.TemplateVariables;
import dev.caravan.text.TokenContract;
import dev.caravan.text.jinja.TemplateException;
import dev.caravan.text.jinja.Whitespace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `caravan render`: the text that a chat template makes of messages and further variables.
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = "Render {\"messages\", …} by a chat template into {\"text\"} or {\"error\", \"kind\"}.")
final class RenderCommand implements Callable<Integer> {
    private static final Set<String> VARIABLES = Set.of("add_generation_prompt", "tools", "documents");
    private static final Set<String> TOKENS = Set.of("bos_token", "eos_token");

    @Mixin
    private final RowTool rows = new RowTool();

    @Option(names = "--template", paramLabel = "T", description = "for rows without a template: tulu, own or a file")
    private Optional<String> templateName = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "M",
            description = "the model whose template and tokens rows use by default")
    private Optional<Path> model = Optional.empty();

    private Optional<TokenContract> contract = Optional.empty();
    private Optional<ChatTemplate> template = Optional.empty();

    @Override
    public Integer call() throws IOException {
        contract = model.map(path -> ModelTokens.contract(path, templateName));
        template = contract.map(TokenContract::template)
                .or(() -> templateName.map(name -> ChatTemplate.named(name, Optional.empty())));
        return rows.each(this::answer);
    }

    private ObjectNode answer(ObjectNode row) {
        ObjectNode answer = Json.mapper().createObjectNode();
        try {
            return answer.put(
                    "text", template(row).render(variables(row), now(row)).toString());
        } catch (TemplateException e) {
            String kind = e.kind().name().toLowerCase(Locale.ROOT);
            return answer.put("error", e.getMessage()).put("kind", kind);
        }
    }

    private ChatTemplate template(ObjectNode row) {
        ChatTemplate chosen = row.has("template")
                ? ChatTemplate.parse("of the row", RowFields.text(row, "template"))
                : template.orElseThrow(() -> new DataException("template is missing; give the row one, or --template"));
        JsonNode options = row.path("options");
        if (!options.isObject()) return chosen;
        return chosen.with(new Whitespace(
                options.path("trim_blocks").asBoolean(true),
                options.path("lstrip_blocks").asBoolean(true)));
    }

    private TemplateVariables variables(ObjectNode row) {
        var variables = contract.map(TokenContract::variables).orElseGet(RenderCommand::noTokens);
        for (var entry : row.path("context").properties()) variables.put(entry.getKey(), entry.getValue());
        for (var entry : row.properties()) {
            String key = entry.getKey();
            if (key.equals("messages")) variables.messages(entry.getValue());
            if (VARIABLES.contains(key)) variables.put(key, entry.getValue());
            if (TOKENS.contains(key)) variables.putTrusted(key, RowFields.text(row, key));
        }
        return variables;
    }

    private static TemplateVariables noTokens() {
        var variables = new TemplateVariables();
        TOKENS.forEach(token -> variables.putTrusted(token, ""));
        return variables;
    }

    private static LocalDateTime now(ObjectNode row) {
        if (!row.has("now")) return LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC);
        String now = RowFields.text(row, "now");
        try {
            return LocalDateTime.parse(now, DateTimeFormatter.ISO_DATE_TIME);
        } catch (DateTimeParseException e) {
            throw new DataException("now must be a time such as 2025-07-10T12:00:00Z, got '" + now + "'", e);
        }
    }
}
