package dev.caravan.text;

import dev.caravan.DataException;
import dev.caravan.data.Message;
import dev.caravan.text.jinja.JinjaTemplate;
import dev.caravan.text.jinja.TemplateException;
import dev.caravan.text.jinja.TracedText;
import dev.caravan.text.jinja.Whitespace;
import java.time.LocalDateTime;
import java.util.List;

/// Messages → the text that a model reads. The text knows which of its characters came from which message.
public final class ChatTemplate {
    /// Tülu's template ([arXiv 2411.15124](https://arxiv.org/abs/2411.15124), section 4.4): the role in angle brackets
    /// on a line of its own, the content, and the end token after an assistant's turn. The role markers are plain text.
    private static final String TULU_SOURCE =
            """
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

    private ChatTemplate(String name, String source, JinjaTemplate template) {
        this.name = name;
        this.source = source;
        this.template = template;
    }

    /// The template of the name `tulu`.
    public static ChatTemplate tulu() {
        return parse("tulu", TULU_SOURCE);
    }

    /// A template in Hugging Face's dialect of Jinja.
    ///
    /// @param name what messages call it
    /// @throws TemplateException of kind syntax
    public static ChatTemplate parse(String name, String source) {
        return parse(name, source, Whitespace.CHAT);
    }

    public static ChatTemplate parse(String name, String source, Whitespace whitespace) {
        return new ChatTemplate(name, source, JinjaTemplate.parse(source, whitespace));
    }

    public String name() {
        return name;
    }

    /// The template as it was written: what `chat_template.jinja` holds.
    public String source() {
        return source;
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
    TracedText render(List<Message> messages, boolean generationPrompt, TemplateVariables variables, LocalDateTime now) {
        try {
            return render(variables.messages(messages).put("add_generation_prompt", generationPrompt), now);
        } catch (TemplateException e) {
            throw new DataException("chat template '" + name + "' refuses the conversation: " + e.getMessage()
                    + "; correct the row or choose another template", e);
        }
    }
}
