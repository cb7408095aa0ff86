package dev.caravan.text;

import dev.caravan.DataException;
import dev.caravan.data.Message;
import dev.caravan.text.jinja.TracedText;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// The one agreement between a model and everything that feeds it: how messages become tokens, which of them are
/// learnt, and what ends a turn. Training, generation, evaluation and serving all go through it.
///
/// What it holds to:
/// - Text inside a message never becomes a special token; only text of the template may.
/// - Learnt are the assistant's answers and the end token of each, in every turn, and nothing else; in a template
///   with `{% generation %}` what that encloses. The mask comes from places in the text, never from token ids: so a
///   model whose filling token is its end token loses nothing.
/// - The ids of a prompt are the first ids of the conversation that continues it.
///
/// A conversation that would break one of these is refused with a [DataException] that says what to do.
public final class TokenContract {
    /// What `strftime_now` tells a template: always the same day, so that the same rows give the same tokens.
    private static final LocalDateTime FIXED_DAY = LocalDateTime.of(2024, 7, 26, 0, 0);

    private static final List<Message> SAMPLE = List.of(Message.user("a"), Message.assistant("b"));

    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final ControlTokens control;
    private final LocalDateTime now;
    private final OptionalInt beginnings;
    private final Optional<JsonNode> tools;

    private TokenContract(
            Tokenizer tokenizer,
            ChatTemplate template,
            ControlTokens control,
            LocalDateTime now,
            OptionalInt beginnings,
            Optional<JsonNode> tools) {
        this.tokenizer = tokenizer;
        this.template = template;
        this.control = control;
        this.now = now;
        this.beginnings = beginnings;
        this.tools = tools;
    }

    /// The contract of a model's folder in Hugging Face layout.
    ///
    /// @param template `tulu`, `own` for the model's own, or the name of a file
    public static TokenContract load(Path modelFolder, String template) {
        var files = TokenFiles.read(modelFolder);
        return of(files.tokenizer(), ChatTemplate.named(template, files.own()), files.control());
    }

    /// The contract of a model's folder with the model's own template, or with `tulu` where it has none.
    public static TokenContract load(Path modelFolder) {
        var files = TokenFiles.read(modelFolder);
        String template = files.own().isPresent() ? ChatTemplate.OWN : ChatTemplate.TULU;
        return of(files.tokenizer(), ChatTemplate.named(template, files.own()), files.control());
    }

    /// A contract of parts. How many beginning-of-text tokens a conversation starts with is what the template
    /// renders.
    public static TokenContract of(Tokenizer tokenizer, ChatTemplate template, ControlTokens control) {
        if (control.ends().isEmpty()) {
            throw new DataException("the model names no end token; add eos_token to tokenizer_config.json or"
                    + " eos_token_id to generation_config.json");
        }
        var contract =
                new TokenContract(tokenizer, template, control, FIXED_DAY, OptionalInt.empty(), Optional.empty());
        return contract.declaring(contract.sampleBeginnings());
    }

    /// This contract with a declared number of beginning-of-text tokens at the start of a conversation.
    public TokenContract declaringBeginnings(int count) {
        return declaring(OptionalInt.of(count));
    }

    private TokenContract declaring(OptionalInt count) {
        return new TokenContract(tokenizer, template, control, now, count, tools);
    }

    /// This contract with the day that templates with a date are told.
    public TokenContract at(LocalDateTime day) {
        return new TokenContract(tokenizer, template, control, day, beginnings, tools);
    }

    /// This contract for conversations with tools at hand, which the template sees as `tools`.
    public TokenContract withTools(Optional<JsonNode> list) {
        return list.equals(tools) ? this : new TokenContract(tokenizer, template, control, now, beginnings, list);
    }

    /// Unknown when the template refuses a plain question and answer.
    private OptionalInt sampleBeginnings() {
        try {
            TracedText text = render(SAMPLE, false);
            return OptionalInt.of(countBeginnings(encode(text, List.of()).ids()));
        } catch (DataException refusal) {
            return OptionalInt.empty();
        }
    }

    private int countBeginnings(int[] ids) {
        if (control.begin().isEmpty()) return 0;
        int count = 0;
        while (count < ids.length && ids[count] == control.begin().getAsInt()) count++;
        return count;
    }

    /// A conversation to be trained on.
    public TokenizedConversation conversation(List<Message> messages) {
        TracedText text = render(messages, false);
        Turns turns = turns(messages, text);
        Encoding encoding = encode(text, turns.cuts());
        var tokens = tokens(text, encoding, turns);
        requireTrainable(messages, text, turns, tokens);
        return tokens;
    }

    private static TokenizedConversation tokens(TracedText text, Encoding encoding, Turns turns) {
        var owners = new int[encoding.size()];
        var weights = new float[encoding.size()];
        for (int i = 0; i < encoding.size(); i++) {
            owners[i] = Math.max(
                    TokenizedConversation.TEMPLATE,
                    text.origin(encoding.starts()[i]).source());
            weights[i] = turns.isLearnt(encoding.starts()[i]) ? 1 : 0;
        }
        return new TokenizedConversation(
                encoding.ids(), owners, weights, encoding.starts(), encoding.ends(), text.toString());
    }

    /// The tokens of messages that await the assistant's answer.
    public int[] prompt(List<Message> messages) {
        TracedText text = render(messages, true);
        return encode(text, turns(messages, text).cuts()).ids();
    }

    /// The tokens of a text that is no conversation, with the beginning of text where the model wants it.
    public int[] plainText(String text) {
        int[] ids = tokenizer.encode(text);
        if (!control.beginsText() || control.begin().isEmpty()) return ids;
        return IntStream.concat(control.begin().stream(), Arrays.stream(ids)).toArray();
    }

    /// The text of a completion, its end token left out.
    public String text(int[] completionIds) {
        return tokenizer.decode(
                Arrays.stream(completionIds).filter(id -> !control.isEnd(id)).toArray());
    }

    /// The text that the model reads for these messages.
    public String rendered(List<Message> messages, boolean generationPrompt) {
        return render(messages, generationPrompt).toString();
    }

    public int[] endTokenIds() {
        return control.endIds();
    }

    /// The filling token; the first end token where the model names none, which is harmless here.
    public int padId() {
        return control.pad().orElseGet(() -> control.ends().getFirst());
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    public ChatTemplate template() {
        return template;
    }

    public ControlTokens controlTokens() {
        return control;
    }

    private TracedText render(List<Message> messages, boolean generationPrompt) {
        return template.render(messages, generationPrompt, variables(), now);
    }

    /// The control tokens under the names that templates know them by.
    public TemplateVariables variables() {
        var variables = new TemplateVariables()
                .putTrusted("bos_token", string(control.begin()))
                .putTrusted("eos_token", string(control.end()))
                .putTrusted("pad_token", string(control.pad()));
        tools.ifPresent(list -> variables.put("tools", list));
        return variables;
    }

    private String string(OptionalInt id) {
        return id.isPresent() ? tokenizer.token(id.getAsInt()) : "";
    }

    private Turns turns(List<Message> messages, TracedText text) {
        List<String> ends = control.ends().stream().map(tokenizer::token).toList();
        return Turns.of(messages, text, ends, before -> render(before, true));
    }

    /// Encodes the stretches between cuts each by itself.
    private Encoding encode(TracedText text, List<Integer> cuts) {
        var stretches = new Encoding.Builder();
        int from = 0;
        for (int cut : cuts) {
            stretches.add(encode(text, from, cut), from);
            from = cut;
        }
        return stretches.add(encode(text, from, text.length()), from).build();
    }

    private Encoding encode(TracedText text, int from, int to) {
        return tokenizer.encodeWithOffsets(
                text.toString().substring(from, to), (start, end) -> Turns.isTemplate(text, from + start, from + end));
    }

    private void requireTrainable(List<Message> messages, TracedText text, Turns turns, TokenizedConversation tokens) {
        requireDeclaredBeginnings(tokens);
        if (tokens.trainedTokens() == 0) throw nothingToLearn(messages);
        requireToolsShown(messages, text);
        requireLearntEnds(turns, tokens);
        requireStablePrompt(messages, text);
    }

    private void requireDeclaredBeginnings(TokenizedConversation tokens) {
        int count = countBeginnings(tokens.ids());
        if (beginnings.isPresent() && beginnings.getAsInt() == count) return;
        String declared = beginnings.isPresent() ? "declares " + beginnings.getAsInt() : "declares none or more yet";
        throw new DataException("the conversation begins with " + count + " beginning-of-text tokens, but its contract "
                + declared + "; correct template '" + template.name() + "' or declare " + count);
    }

    /// A template that knows no tools would leave answers to nothing, and calls that are never learnt.
    private void requireToolsShown(List<Message> messages, TracedText text) {
        var shown = new BitSet();
        for (int at = 0; at < text.length(); at = text.runEnd(at)) {
            if (text.origin(at).source() >= 0) shown.set(text.origin(at).source());
        }
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            boolean ofTools = message.toolCalls().isPresent()
                    || message.role().equals(Message.TOOL) && !message.content().isBlank();
            if (ofTools && !shown.get(i)) {
                throw new DataException("template '" + template.name() + "' leaves out message " + (i + 1)
                        + ", which belongs to the use of a tool; choose a template that renders tools");
            }
        }
    }

    private DataException nothingToLearn(List<Message> messages) {
        boolean answers = messages.stream().anyMatch(message -> message.role().equals(Message.ASSISTANT));
        return new DataException(
                answers
                        ? "template '" + template.name() + "' renders no assistant turn, so there is nothing to learn;"
                                + " use a template that does, such as tulu"
                        : "the conversation has no assistant message, so there is nothing to learn; remove the row");
    }

    private void requireLearntEnds(Turns turns, TokenizedConversation tokens) {
        for (Turns.Span span : turns.learnt()) {
            boolean ends = IntStream.range(0, tokens.size())
                    .anyMatch(i -> span.holds(tokens.starts()[i]) && control.isEnd(tokens.ids()[i]));
            if (!ends) throw endNotLearnt(span, tokens);
        }
    }

    private DataException endNotLearnt(Turns.Span span, TokenizedConversation tokens) {
        String tail = tokens.text().substring(Math.max(span.start(), span.end() - 20), span.end());
        return new DataException("template '" + template.name() + "' does not close the assistant's turn …'" + tail
                + "' with an end token that is learnt ("
                + control.ends().stream().map(tokenizer::token).toList()
                + "), so the model would never learn to stop; put eos_token behind the content, inside"
                + " {% generation %} where there is one, or use template tulu");
    }

    /// The last answer's prompt must begin the conversation. (Templates may rewrite what came before an earlier
    /// answer, as those do that drop old reasoning.)
    private void requireStablePrompt(List<Message> messages, TracedText text) {
        int last = messages.size() - 1;
        while (!messages.get(last).role().equals(Message.ASSISTANT)) last--;
        String prompt = render(messages.subList(0, last), true).toString();
        if (text.toString().startsWith(prompt)) return;
        throw new DataException("template '" + template.name() + "' is not stable: the prompt that ends in '"
                + prompt.substring(Math.max(0, prompt.length() - 30)).strip()
                + "' is not how the conversation that answers it begins, so generation and training would differ;"
                + " make the generation prompt the head of the assistant's turn, or use template tulu");
    }
}
