package dev.caravan.text.jinja;

import dev.caravan.text.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Template source → tokens, white-space control applied.
final class Lexer {
    private static final Pattern RAW_BEGIN = Pattern.compile("\\{%([-+]?)\\s*raw\\s*(-?)%\\}");
    private static final Pattern RAW_END = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}");
    private static final Pattern NUMBER = Pattern.compile("\\d(?:_?\\d)*(\\.\\d(?:_?\\d)*)?([eE][-+]?\\d(?:_?\\d)*)?");
    private static final List<String> LONG_OPERATORS = List.of("==", "!=", "<=", ">=", "//", "**");
    private static final String SHORT_OPERATORS = "+-*/%~<>=|.,:()[]{}";

    private final String source;
    private final Whitespace whitespace;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1; // of `countedTo`
    private int countedTo;
    private boolean lineStart = true; // whether `at` is the start of a line

    private Lexer(String source, Whitespace whitespace) {
        String lines = source.replace("\r\n", "\n").replace('\r', '\n');
        this.source = lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
        this.whitespace = whitespace;
    }

    static List<Token> tokens(String source, Whitespace whitespace) {
        var lexer = new Lexer(source, whitespace);
        while (lexer.at < lexer.source.length()) lexer.textAndTag();
        lexer.add(Kind.END, "");
        return lexer.tokens;
    }

    private void textAndTag() {
        int tag = nextTag();
        if (tag < 0) {
            addText(source.substring(at));
            at = source.length();
            return;
        }
        char kind = source.charAt(tag + 1);
        addText(textBefore(tag, kind));
        at = tag;
        switch (kind) {
            case '#' -> comment();
            case '{' -> expressionTag(Kind.VARIABLE_BEGIN, Kind.VARIABLE_END, "}}");
            default -> blockTag();
        }
    }

    private int nextTag() {
        for (int i = source.indexOf('{', at); i >= 0 && i + 1 < source.length(); i = source.indexOf('{', i + 1)) {
            char next = source.charAt(i + 1);
            if (next == '{' || next == '%' || next == '#') return i;
        }
        return -1;
    }

    private String textBefore(int tag, char kind) {
        return textBefore(source.substring(at, tag), tag + 2 < source.length() ? source.charAt(tag + 2) : ' ', kind);
    }

    /// `-` strips all white space before the tag; `lstrip_blocks` the indentation alone, before all but `{{`.
    private String textBefore(String text, char sign, char kind) {
        if (sign == '-') return PythonChars.stripTrailing(text);
        if (sign == '+' || kind == '{' || !whitespace.lstripBlocks()) return text;
        int line = text.lastIndexOf('\n') + 1;
        boolean indentation = (line > 0 || lineStart) && PythonChars.isBlank(text.substring(line));
        return indentation ? text.substring(0, line) : text;
    }

    private void comment() {
        int end = source.indexOf("#}", at + 2);
        if (end < 0) throw error("a comment is not closed; it needs #}");
        char sign = end > at + 2 ? source.charAt(end - 1) : ' ';
        at = end + 2;
        afterTag(sign, true);
    }

    private void blockTag() {
        Matcher raw = RAW_BEGIN.matcher(source).region(at, source.length());
        if (raw.lookingAt()) raw(raw);
        else expressionTag(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}");
    }

    private void raw(Matcher begin) {
        Matcher end = RAW_END.matcher(source);
        if (!end.find(begin.end())) throw error("raw is not closed; it needs {% endraw %}");
        at = begin.end();
        afterTag(begin.group(2).isEmpty() ? ' ' : '-', true);
        String text = source.substring(Math.min(at, end.start()), end.start());
        addText(textBefore(text, end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0), '%'));
        at = end.end();
        afterTag(end.group(2).isEmpty() ? ' ' : end.group(2).charAt(0), true);
    }

    /// After a tag `-` strips all white space; `trim_blocks` drops one line break, except after `}}`.
    private void afterTag(char sign, boolean trims) {
        lineStart = false;
        if (sign == '-') {
            while (at < source.length() && PythonChars.isSpace(source.charAt(at))) {
                lineStart = source.charAt(at++) == '\n';
            }
        } else if (trims
                && sign != '+'
                && whitespace.trimBlocks()
                && at < source.length()
                && source.charAt(at) == '\n') {
            at++;
            lineStart = true;
        }
    }

    private void expressionTag(Kind begin, Kind end, String close) {
        add(begin, "");
        at += 2;
        if (at < source.length() && "-+".indexOf(source.charAt(at)) >= 0) at++;
        int depth = 0; // of brackets: a close inside them is none
        while (true) {
            while (at < source.length() && Character.isWhitespace(source.charAt(at))) at++;
            if (at >= source.length()) throw error("a tag is not closed; it needs " + close);
            char sign = depth == 0 ? closingSign(close) : 0;
            if (sign != 0) {
                add(end, "");
                at += sign == ' ' ? 2 : 3;
                afterTag(sign, end == Kind.BLOCK_END);
                return;
            }
            depth += token();
        }
    }

    /// The sign before a close that starts here, a space for none, or 0 when none starts here.
    private char closingSign(String close) {
        if (source.startsWith(close, at)) return ' ';
        char c = source.charAt(at);
        boolean signed = (c == '-' || c == '+' && close.equals("%}")) && source.startsWith(close, at + 1);
        return signed ? c : 0;
    }

    /// Reads one token and returns by how much it deepens the brackets.
    private int token() {
        char c = source.charAt(at);
        if (c == '"' || c == '\'') return string(c);
        if (Character.isDigit(c)) return number();
        if (Character.isUnicodeIdentifierStart(c) || c == '_') return name();
        return operator(c);
    }

    private int name() {
        int end = at;
        while (end < source.length() && Character.isUnicodeIdentifierPart(source.charAt(end))) end++;
        add(Kind.NAME, source.substring(at, end));
        at = end;
        return 0;
    }

    private int number() {
        Matcher number = NUMBER.matcher(source).region(at, source.length());
        if (!number.lookingAt()) throw error("a number cannot be read");
        boolean property = !tokens.isEmpty() && tokens.getLast().isOperator("."); // a.0.1: two items, no fraction
        int end = property && number.group(1) != null ? number.start(1) : number.end();
        boolean real = !property && (number.group(1) != null || number.group(2) != null);
        String digits = source.substring(at, end).replace("_", "");
        at = end;
        if (at < source.length() && Character.isUnicodeIdentifierStart(source.charAt(at))) {
            throw error("a name cannot begin with digits: " + digits + source.charAt(at));
        }
        add(real ? Kind.REAL : Kind.INTEGER, digits);
        return 0;
    }

    private int operator(char c) {
        for (String operator : LONG_OPERATORS) {
            if (source.startsWith(operator, at)) {
                add(Kind.OPERATOR, operator);
                at += 2;
                return 0;
            }
        }
        if (SHORT_OPERATORS.indexOf(c) < 0) throw error("unexpected character '" + c + "'");
        add(Kind.OPERATOR, String.valueOf(c));
        at++;
        return "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
    }

    private int string(char quote) {
        var value = new StringBuilder();
        int begin = at++;
        while (at < source.length() && source.charAt(at) != quote) {
            if (source.charAt(at) == '\\') escape(value);
            else value.append(source.charAt(at++));
        }
        if (at >= source.length()) {
            at = begin;
            throw error("a string is not closed; it needs " + quote);
        }
        at++;
        add(Kind.STRING, value.toString());
        return 0;
    }

    /// Python's escapes; an unknown one stays as it is written.
    private void escape(StringBuilder value) {
        if (at + 1 >= source.length()) throw error("a string ends in a backslash");
        char c = source.charAt(at + 1);
        at += 2;
        switch (c) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'v' -> value.append('\u000B');
            case 'a' -> value.append('\u0007');
            case '0' -> value.append('\0');
            case '\\', '\'', '"' -> value.append(c);
            case '\n' -> {}
            case 'x' -> value.appendCodePoint(hexadecimal(2));
            case 'u' -> value.appendCodePoint(hexadecimal(4));
            case 'U' -> value.appendCodePoint(hexadecimal(8));
            default -> value.append('\\').append(c);
        }
    }

    private int hexadecimal(int digits) {
        try {
            int codePoint = Integer.parseInt(source.substring(at, at + digits), 16);
            if (!Character.isValidCodePoint(codePoint)) throw error("an escape is no character");
            at += digits;
            return codePoint;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw error("an escape needs " + digits + " hexadecimal digits");
        }
    }

    private void addText(String text) {
        if (!text.isEmpty()) add(Kind.TEXT, text);
    }

    private void add(Kind kind, String text) {
        tokens.add(new Token(kind, text, line()));
    }

    /// Places only grow, but for errors, so counting goes on from the last one.
    private int line() {
        if (at < countedTo) return 1 + lineBreaks(0, at);
        line += lineBreaks(countedTo, Math.min(at, source.length()));
        countedTo = Math.min(at, source.length());
        return line;
    }

    private int lineBreaks(int from, int to) {
        int breaks = 0;
        for (int i = from; i < to; i++) if (source.charAt(i) == '\n') breaks++;
        return breaks;
    }

    private TemplateException error(String message) {
        return TemplateException.syntax(line(), message);
    }
}
