package dev.caravan.verify.maths;

import dev.caravan.text.Lowercase;
import dev.caravan.verify.maths.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Cuts a written answer into tokens; every character is looked at a bounded number of times.
final class Lexer {
    private static final String SKIPPED = "$~\"`“”‘’€£¥";
    private static final String SIGNS = "+-*/^_()[]{}|,;:=<>!'&%°";
    private static final String AFTER_BACKSLASH_SKIPPED = "$()[],!;: \n\t\"/";
    private static final List<String> DOUBLE_SIGNS = List.of("<=", ">=", "!=", "==", "**");
    private static final Pattern CHOICE = Pattern.compile("\\(?\\s*([A-Za-z])\\s*\\)?\\s*[.:]?");
    private static final Pattern DIGITS = Pattern.compile("-?[0-9][0-9.,]*");
    private static final int SHORTEST_WORD = 4;

    private final String text;
    private final boolean listed;
    private final NumberLexer numbers;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int brackets; // how many of ( [ \{ are open
    private int tables; // how many environments are open
    private boolean spaced;

    private Lexer(String text, boolean listed) {
        this.text = text;
        this.listed = listed;
        this.numbers = new NumberLexer(text, listed);
    }

    /// @param listed whether a comma between digits separates answers even where it could separate thousands
    /// @throws Undecided on a character that has no meaning here
    static List<Token> tokens(String text, boolean listed) {
        return new Lexer(text, listed).tokens();
    }

    private List<Token> tokens() {
        while (at < text.length()) {
            next();
        }
        tokens.add(new Token(Kind.STOP, "", spaced));
        return tokens;
    }

    private void next() {
        char c = text.charAt(at);
        if (Character.isWhitespace(c) || SKIPPED.indexOf(c) >= 0) {
            spaced |= c != '"';
            at++;
        } else if (c == '\\') {
            backslash();
        } else if (isDigit(c) || c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
            number();
        } else if (c == '.') {
            fullStop();
        } else if (Character.isLetter(c)) {
            letters();
        } else {
            sign();
        }
    }

    private void add(Kind kind, String token) {
        tokens.add(new Token(kind, token, spaced));
        spaced = false;
    }

    private void sign() {
        for (String sign : DOUBLE_SIGNS) {
            if (text.startsWith(sign, at)) {
                add(Kind.SIGN, sign.equals("**") ? "^" : sign);
                at += 2;
                return;
            }
        }
        char c = text.charAt(at);
        if (SIGNS.indexOf(c) < 0) {
            throw Undecided.unreadable();
        }
        brackets += "([".indexOf(c) >= 0 ? 1 : ")]".indexOf(c) >= 0 && brackets > 0 ? -1 : 0;
        add(Kind.SIGN, String.valueOf(c));
        at++;
    }

    /// Dots are skipped at the end of the answer only, and where they stand for more of a decimal fraction.
    private void fullStop() {
        int end = at;
        while (end < text.length() && ". $}\n)".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        if (end < text.length() && !text.startsWith("\\)", end) && !text.startsWith("\\]", end)) {
            throw Undecided.unreadable();
        }
        at++;
    }

    private void backslash() {
        int name = at + 1;
        if (name == text.length()) {
            at++;
            return;
        }
        char c = text.charAt(name);
        if (c == '\\') {
            doubleBackslash();
        } else if (Character.isLetter(c)) {
            command(name);
        } else {
            escaped(c);
            at = name + 1;
        }
    }

    /// A row's end inside a table; before a command a backslash that was escaped once too often.
    private void doubleBackslash() {
        boolean command = at + 2 < text.length() && Character.isLetter(text.charAt(at + 2));
        if (tables > 0) {
            add(Kind.SIGN, "\\\\");
            at += 2;
        } else {
            at += command ? 1 : 2;
            spaced = true;
        }
    }

    private void escaped(char c) {
        if (AFTER_BACKSLASH_SKIPPED.indexOf(c) >= 0) {
            spaced = true;
        } else if (c == '{' || c == '}') {
            brackets += c == '{' ? 1 : brackets > 0 ? -1 : 0;
            add(Kind.SIGN, "\\" + c);
        } else if (c == '%' || c == '|' || c == '&') {
            add(Kind.SIGN, String.valueOf(c));
        } else {
            throw Undecided.unreadable();
        }
    }

    private void command(int name) {
        int end = name;
        while (end < text.length() && isLatin(text.charAt(end))) {
            end++;
        }
        if (end == name) {
            throw Undecided.unreadable();
        }
        String command = text.substring(name, end);
        at = end;
        if (Vocabulary.SILENT.contains(command)) {
            silent(command);
        } else if (Vocabulary.TEXTUAL.contains(command)) {
            textual(command);
        } else if (command.equals("begin") || command.equals("end")) {
            environment(command.equals("begin"));
        } else {
            String known = nameBeforeLetter(command);
            add(Kind.COMMAND, known);
            at -= command.length() - known.length();
        }
    }

    /// `\sinx` and `\pih` have lost the space before their letter.
    private static String nameBeforeLetter(String command) {
        String name = command.substring(0, command.length() - 1);
        boolean lost = (Vocabulary.FUNCTIONS.containsKey(name) || name.equals("pi"))
                && !Vocabulary.FUNCTIONS.containsKey(command)
                && !Vocabulary.HYPERBOLIC.contains(command);
        return lost ? name : command;
    }

    private void silent(String command) {
        boolean delimiter = command.equals("left") || command.equals("right");
        if (delimiter && at < text.length() && text.charAt(at) == '.') {
            at++;
        }
        spaced = true;
    }

    private void environment(boolean begin) {
        String name = argument();
        tables += begin ? 1 : tables > 0 ? -1 : 0;
        if (begin && name.equals("array") && at < text.length() && text.charAt(at) == '{') {
            argument();
        }
        add(begin ? Kind.BEGIN : Kind.END, name);
    }

    /// The raw text in the braces that follow, or the next character where none do.
    private String argument() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at == text.length()) {
            throw Undecided.unreadable();
        }
        if (text.charAt(at) != '{') {
            at++;
            return text.substring(at - 1, at);
        }
        int open = at;
        int depth = 0;
        do {
            char c = text.charAt(at++);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        } while (depth > 0 && at < text.length());
        if (depth > 0) {
            throw Undecided.unreadable();
        }
        return text.substring(open + 1, at - 1);
    }

    private void textual(String command) {
        String content = argument().replace('~', ' ').strip();
        if (content.isEmpty()) {
            spaced = true;
        } else if (command.equals("mathbb") || command.equals("mathcal")) {
            add(Kind.COMMAND, "mathbb " + content);
        } else if (command.startsWith("operatorname") && Vocabulary.FUNCTIONS.containsKey(content)) {
            add(Kind.COMMAND, content);
        } else if (DIGITS.matcher(content).matches() || content.indexOf('\\') >= 0 || content.indexOf('$') >= 0) {
            nested(content);
        } else if (content.length() == 1 && isLetterCommand(command, content)) {
            add(Kind.LETTER, content);
        } else {
            words(content);
        }
    }

    /// Upright constants, and letters in bold or slanted type; other single letters may be units.
    private static boolean isLetterCommand(String command, String letter) {
        boolean constant = command.equals("mathrm") && (letter.equals("e") || letter.equals("i"));
        return Character.isLetter(letter.charAt(0)) && (constant || Vocabulary.LETTER_TYPES.contains(command));
    }

    /// Text that holds a formula is read as if it stood outside.
    private void nested(String content) {
        List<Token> inner = tokens(content, listed);
        tokens.addAll(inner.subList(0, inner.size() - 1));
    }

    private void words(String content) {
        String lower = Lowercase.of(content);
        var choice = CHOICE.matcher(content);
        if (Vocabulary.SEPARATOR_WORDS.contains(lower)) {
            add(Kind.SIGN, ",");
        } else if (Vocabulary.PERCENT_WORDS.contains(lower)) {
            add(Kind.SIGN, "%");
        } else if (Vocabulary.DEGREE_WORDS.contains(lower)) {
            add(Kind.SIGN, "°");
        } else if (choice.matches()) {
            add(Kind.WORDS, choice.group(1));
        } else {
            add(Kind.WORDS, content);
        }
    }

    private void letters() {
        int end = at;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        String run = text.substring(at, end);
        at = end;
        String lower = Lowercase.of(run);
        boolean behindNumber = !tokens.isEmpty() && isValueEnd(tokens.getLast());
        if (Vocabulary.SEPARATOR_WORDS.contains(lower)) {
            add(Kind.SIGN, ",");
        } else if (Vocabulary.PERCENT_WORDS.contains(lower)) {
            add(Kind.SIGN, "%");
        } else if (Vocabulary.DEGREE_WORDS.contains(lower)) {
            add(Kind.SIGN, "°");
        } else if (Vocabulary.FUNCTIONS.containsKey(run) || Vocabulary.BARE_COMMANDS.contains(run)) {
            add(Kind.COMMAND, run.equals("sqrt") ? "wholesqrt" : run);
        } else if (isWord(run, lower) || behindNumber && run.length() > 1 && Vocabulary.UNITS.contains(lower)) {
            add(Kind.WORDS, run);
        } else {
            functionOrLetters(run);
        }
    }

    private static boolean isValueEnd(Token token) {
        return token.kind() == Kind.NUMBER || token.kind() == Kind.WORDS || token.isSign("}") || token.isSign("/");
    }

    private static boolean isWord(String run, String lower) {
        boolean foreign = run.length() > 1 && run.chars().anyMatch(c -> c > 127);
        return run.length() >= SHORTEST_WORD && !startsWithFunction(run)
                || foreign
                || Vocabulary.SHORT_WORDS.contains(lower);
    }

    private static boolean startsWithFunction(String run) {
        String name = run.substring(0, run.length() - 1);
        return Vocabulary.FUNCTIONS.containsKey(name) && !run.endsWith("s") && !run.endsWith("e");
    }

    /// `sinx` is a function and a letter; other short runs are products of letters.
    private void functionOrLetters(String run) {
        int from = 0;
        if (run.length() >= SHORTEST_WORD) {
            from = run.length() - 1;
            add(Kind.COMMAND, run.substring(0, from));
        }
        for (int i = from; i < run.length(); i++) {
            add(Kind.LETTER, run.substring(i, i + 1));
        }
    }

    private void number() {
        NumberLexer.Numeral numeral = numbers.at(at, brackets > 0, tables > 0);
        at = numeral.end();
        add(Kind.NUMBER, numeral.digits());
    }

    private static boolean isLatin(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
