package dev.caravan.verify.instructions;

import java.util.List;

/// Marks that a program can find: lists, sections, titles, highlights, placeholders.
sealed interface FormatInstruction extends Instruction {
    /// At least so many texts in square brackets.
    record Placeholders(int placeholders) implements FormatInstruction {
        static Placeholders of(Arguments given) {
            return new Placeholders(given.count("num_placeholders"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return Spans.count(response, "[", "]") >= placeholders;
        }
    }

    /// Exactly so many lines that start with one asterisk or with a dash. A line of nothing but an asterisk takes
    /// the next line into its bullet.
    record Bullets(int bullets) implements FormatInstruction {
        static Bullets of(Arguments given) {
            return new Bullets(given.count("num_bullets"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return count(response, '*') + count(response, '-') == bullets;
        }

        private static int count(String response, char mark) {
            int count = 0;
            int line = 0;
            while (line >= 0 && line < response.length()) {
                int start = PythonText.endOf(response, line, PythonText::isSpace);
                int text = mark == '*' ? start + 2 : start + 1;
                boolean found = text <= response.length() && isBullet(response, start, mark);
                count += found ? 1 : 0;
                line = response.indexOf('\n', found ? text : start) + 1;
                line = line == 0 ? -1 : line;
            }
            return count;
        }

        private static boolean isBullet(String response, int at, char mark) {
            return response.charAt(at) == mark && (mark == '-' || response.charAt(at + 1) != '*');
        }
    }

    /// One of three answers occurs.
    record ConstrainedResponse() implements FormatInstruction {
        private static final List<String> ANSWERS =
                List.of("My answer is yes.", "My answer is no.", "My answer is maybe.");

        @Override
        public boolean isFollowedBy(String response) {
            return ANSWERS.stream().anyMatch(response::contains);
        }
    }

    /// At least so many texts between single or double asterisks on a line.
    record Highlights(int highlights) implements FormatInstruction {
        static Highlights of(Arguments given) {
            return new Highlights(given.count("num_highlights"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            return count(response, "*") + count(response, "**") >= highlights;
        }

        private static int count(String response, String mark) {
            int count = 0;
            int start = response.indexOf(mark);
            while (start >= 0) {
                int inside = start + mark.length();
                int end = PythonText.endOf(response, inside, c -> c != '*' && c != '\n');
                boolean closed = response.startsWith(mark, end);
                count += closed && !PythonText.isBlank(response.substring(inside, end)) ? 1 : 0;
                start = response.indexOf(mark, closed ? end + mark.length() : start + 1);
            }
            return count;
        }
    }

    /// At least so many times a word with a number behind it, such as `Section 2`.
    record Sections(String splitter, int sections) implements FormatInstruction {
        static Sections of(Arguments given) {
            String splitter = PythonText.strip(given.text("section_spliter"));
            if (splitter.isEmpty()) {
                throw given.unusable("section_spliter", "some text", "none");
            }
            return new Sections(splitter, given.count("num_sections"));
        }

        @Override
        public boolean isFollowedBy(String response) {
            int count = 0;
            int at = response.indexOf(splitter);
            while (at >= 0) {
                int end = endOfNumber(response, at + splitter.length());
                count += end > 0 ? 1 : 0;
                at = response.indexOf(splitter, end > 0 ? end : at + 1);
            }
            return count >= sections;
        }

        /// Where a number that starts at `from`, or after one space there, ends; 0 when there is none.
        private static int endOfNumber(String text, int from) {
            int start = from < text.length() && PythonText.isSpace(text.charAt(from)) ? from + 1 : from;
            int end = PythonText.endOf(text, start, Character::isDigit);
            return end > start ? end : 0;
        }
    }

    /// The whole is JSON, in a fenced block or bare.
    record JsonFormat() implements FormatInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            String json = PythonText.strip(response);
            for (String fence : List.of("```json", "```Json", "```JSON", "```")) {
                json = json.startsWith(fence) ? json.substring(fence.length()) : json;
            }
            json = json.endsWith("```") ? json.substring(0, json.length() - 3) : json;
            return PythonJson.accepts(PythonText.strip(json));
        }
    }

    /// A line holds a text in double angular brackets.
    record Title() implements FormatInstruction {
        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.split(response, "\n").stream().anyMatch(Title::holdsTitle);
        }

        private static boolean holdsTitle(String line) {
            int start = line.indexOf("<<");
            int end = line.lastIndexOf(">>");
            return start >= 0
                    && end > start + 2
                    && !PythonText.isBlank(PythonText.strip(line.substring(start, end), '<', '>'));
        }
    }
}
