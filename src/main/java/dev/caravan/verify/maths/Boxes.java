package dev.caravan.verify.maths;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The boxes of a text, `\boxed{…}` and `\fbox{…}` with balanced braces or `\boxed x` without, found in one pass.
public final class Boxes {
    private static final List<String> COMMANDS = List.of("\\boxed", "\\fbox");
    private static final Set<String> CONNECTORS = Set.of("and", "or", "quad", "qquad", "text", "mathrm", "textrm");
    private static final int WIDEST_GAP = 60;

    /// A box: where its command starts, its content, and where it ends.
    private record Box(int from, String content, int to) {}

    private final String text;
    private final List<Box> boxes = new ArrayList<>();

    private Boxes(String text) {
        this.text = text;
        find();
        boxes.sort(Comparator.comparingInt(Box::from));
    }

    /// The content of the last box, empty where there is none that closes.
    public static Optional<String> last(String text) {
        List<Box> found = new Boxes(text).boxes;
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast().content());
    }

    /// The contents of the last box and of those right before it, with nothing in between but an "and", an "or" or
    /// punctuation: an answer that was given in several boxes. In the order of the text.
    static List<String> lastGroup(String text) {
        return new Boxes(text).lastGroup();
    }

    /// What the release took for the boxed answer: after a `\boxed` with a space whatever follows up to a dollar
    /// sign, else the balanced braces of the last `\boxed{`. An `\fbox` never yields an answer.
    static Optional<String> ofRelease(String text) {
        String spaced = "\\boxed ";
        int at = text.lastIndexOf(spaced);
        if (at >= 0) {
            return Optional.of(upTo('$', text.substring(at + spaced.length())));
        }
        String braced = "\\boxed{";
        int last = text.lastIndexOf("\\boxed");
        if (last < 0 || !text.startsWith(braced, last)) {
            return Optional.empty();
        }
        int open = last + braced.length() - 1;
        return closing(text, open).map(close -> text.substring(open + 1, close));
    }

    private static String upTo(char end, String text) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }

    /// Where the brace that opens there closes.
    static Optional<Integer> closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private List<String> lastGroup() {
        if (boxes.isEmpty()) {
            return List.of();
        }
        int first = boxes.size() - 1;
        while (first > 0 && joined(boxes.get(first - 1), boxes.get(first))) {
            first--;
        }
        return boxes.subList(first, boxes.size()).stream().map(Box::content).toList();
    }

    private boolean joined(Box left, Box right) {
        int gap = right.from() - left.to();
        return gap >= 0 && gap <= WIDEST_GAP && onlyConnects(text.substring(left.to(), right.from()));
    }

    private static boolean onlyConnects(String between) {
        for (String word : between.split("[^A-Za-z0-9.=]+")) {
            if (!word.isEmpty() && !CONNECTORS.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /// Braces are matched with a stack; an escaped brace is a set's, not a group's.
    private void find() {
        Deque<int[]> open = new ArrayDeque<>(); // where the content starts, and its box or -1
        int i = 0;
        while (i < text.length()) {
            int content = contentOfBoxAt(i);
            if (content > i && content < text.length() && text.charAt(content) == '{') {
                open.push(new int[] {content + 1, i});
                i = content + 1;
            } else if (content > i) {
                addBare(i, content);
                i = content;
            } else {
                i = step(i, open);
            }
        }
    }

    private int step(int i, Deque<int[]> open) {
        char c = text.charAt(i);
        if (c == '\\' && i + 1 < text.length() && isBrace(text.charAt(i + 1))) {
            return i + 2;
        }
        if (c == '{') {
            open.push(new int[] {i + 1, -1});
        } else if (c == '}' && !open.isEmpty()) {
            int[] opened = open.pop();
            if (opened[1] >= 0) {
                boxes.add(new Box(opened[1], text.substring(opened[0], i), i + 1));
            }
        }
        return i + 1;
    }

    private static boolean isBrace(char c) {
        return c == '{' || c == '}';
    }

    /// Where the content of a box that starts at `i` begins, or `i` where none starts.
    private int contentOfBoxAt(int i) {
        if (text.charAt(i) != '\\') {
            return i;
        }
        for (String command : COMMANDS) {
            if (text.startsWith(command, i)) {
                int content = i + command.length();
                while (content < text.length() && text.charAt(content) == ' ') {
                    content++;
                }
                return content;
            }
        }
        return i;
    }

    /// A box without braces goes up to the end of the formula or of the line, or to the next box.
    private void addBare(int from, int content) {
        int to = content;
        while (to < text.length() && !endsBare(to)) {
            to++;
        }
        String bare = text.substring(content, to).strip();
        if (!bare.isEmpty()) {
            boxes.add(new Box(from, bare, to));
        }
    }

    private boolean endsBare(int i) {
        char c = text.charAt(i);
        return c == '$' || c == '\n' || c == '\\' && (text.startsWith("\\)", i) || contentOfBoxAt(i) > i);
    }
}
