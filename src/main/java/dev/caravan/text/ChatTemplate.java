package dev.caravan.text;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.data.Message;
import dev.caravan.text.jinja.JinjaTemplate;
import dev.caravan.text.jinja.TemplateException;
import dev.caravan.text.jinja.TracedText;
import dev.caravan.text.jinja.Whitespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/// Messages → the text that a model reads. The text knows which of its characters came from which message.
public final class ChatTemplate {
    /// The name of the built-in template.
    public static final String TULU = "tulu";

    /// The name of whatever template the model brings.
    public static final String OWN = "own";

    /// Tülu's template ([arXiv 2411.15124](https://arxiv.org/abs/2411.15124), section 4.4): the role in angle
    /// brackets on a line of its own, the content, and the end token after an assistant's turn. The role markers
    /// are plain text.
    private static final String TULU_SOURCE = """
            {%- for message in messages %}
            {%- if message.role == 'system' or message.role == 'user' %}
            {{- '<|' + message.role + '|>\\n' + message.content + '\\n' }}
            {%- elif message.role == 'assistant' %}
            {{- '<|assistant|>\\n' + message.content + eos_token + ('' if loop.last else '\\n') }}
            {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}""";

    private final String name;
    private final String source;
    private final JinjaTemplate template;

    private ChatTemplate(String name, String source, Whitespace whitespace) {
        this.name = name;
        this.source = source;
        template = JinjaTemplate.parse(source, whitespace);
    }

    /// The template of the name `tulu`.
    public static ChatTemplate tulu() {
        return parse(TULU, TULU_SOURCE);
    }

    /// The template that an option or a recipe names.
    ///
    /// @param name `tulu`, `own`, or a file
    /// @param own the source of the model's own template, where it has one
    public static ChatTemplate named(String name, Optional<String> own) {
        return switch (name) {
            case TULU -> tulu();
            case OWN ->
                readable(
                        OWN,
                        own.orElseThrow(() -> new RecipeException("the model has no chat template of its"
                                + " own (chat_template.jinja, or chat_template in tokenizer_config.json);"
                                + " choose template tulu or name a file with one")));
            default -> readable(name, file(name));
        };
    }

    private static String file(String name) {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException e) {
            throw new RecipeException("template '" + name + "' is neither tulu nor own nor a file that can be read");
        }
    }

    private static ChatTemplate readable(String name, String source) {
        try {
            return parse(name, source);
        } catch (TemplateException e) {
            throw new RecipeException("chat template '" + name + "' cannot be read: " + e.getMessage());
        }
    }

    /// A template in Hugging Face's dialect of Jinja.
    ///
    /// @param name what messages call it
    /// @throws TemplateException of kind syntax
    public static ChatTemplate parse(String name, String source) {
        return new ChatTemplate(name, source, Whitespace.CHAT);
    }

    /// This template with other rules for the white space around its tags.
    public ChatTemplate with(Whitespace whitespace) {
        return new ChatTemplate(name, source, whitespace);
    }

    /// The template's text, as a model's `chat_template.jinja` holds it.
    public String source() {
        return source;
    }

    public String name() {
        return name;
    }

    /// Renders with variables of the caller's choice.
    ///
    /// @param now what `strftime_now` tells
    /// @throws TemplateException of kind runtime
    public TracedText render(TemplateVariables variables, LocalDateTime now) {
        return template.render(variables.values(), now);
    }

    /// Renders a conversation.
    ///
    /// @param generationPrompt whether the text ends where an assistant's answer begins
    TracedText render(
            List<Message> messages, boolean generationPrompt, TemplateVariables variables, LocalDateTime now) {
        try {
            return render(variables.messages(messages).put("add_generation_prompt", generationPrompt), now);
        } catch (TemplateException e) {
            throw new DataException(
                    "chat template '" + name + "' refuses the conversation: " + e.getMessage()
                            + "; correct the row or choose another template",
                    e);
        }
    }
}
