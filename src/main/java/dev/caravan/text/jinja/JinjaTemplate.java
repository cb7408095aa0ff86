package dev.caravan.text.jinja;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/// A parsed template.
public final class JinjaTemplate {
    private final List<Statement> body;

    private JinjaTemplate(List<Statement> body) {
        this.body = body;
    }

    /// @throws TemplateException of kind syntax
    public static JinjaTemplate parse(String source, Whitespace whitespace) {
        try {
            return new JinjaTemplate(Parser.parse(source, whitespace));
        } catch (StackOverflowError e) {
            throw TemplateException.syntax(1, "the template nests too deeply");
        }
    }

    /// @param now what `strftime_now` tells
    /// @throws TemplateException of kind runtime
    public TracedText render(Map<String, Value> variables, LocalDateTime now) {
        var scope = new Scope(Globals.scope(now));
        variables.forEach(scope::set);
        var out = new TracedText.Builder();
        try {
            new Renderer().run(body, scope, out);
        } catch (StackOverflowError e) {
            throw TemplateException.runtime("macros or values nest too deeply");
        }
        return out.build();
    }
}
