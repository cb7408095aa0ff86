package dev.caravan.verify.instructions;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.IntStream;

/// IFBench's instructions that are whole tasks, each of one prompt, but for its tables.
sealed interface SingleTask extends Instruction {
    /// The text in ASCII, letters without their accents and other characters left out.
    private static String ascii(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("[^\\x00-\\x7f]", "");
    }

    /// The bald eagle, spelt backwards.
    record CharacterReverse() implements SingleTask {
        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.lower(response).contains("elgae dlab");
        }
    }

    /// The bald eagle, named in a sentence with its words in reverse order.
    record WordReverse() implements SingleTask {
        @Override
        public boolean isFollowedBy(String response) {
            return String.join(" ", Punctuation.bareWords(response).reversed()).contains("bald eagle");
        }
    }

    /// Dates of Napoleon's lifetime as year, month and day, separated by commas.
    record DateList() implements SingleTask {
        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.split(PythonText.strip(response), ",").stream()
                    .map(PythonText::strip)
                    .allMatch(DateList::isDate);
        }

        private static boolean isDate(String text) {
            if (!text.matches("\\p{Nd}{4}-\\p{Nd}{2}-\\p{Nd}{2}")) {
                return false;
            }
            String[] parts = text.split("-", -1);
            int year = Integer.parseInt(parts[0]);
            return year >= 1769 && year <= 1821 && Integer.parseInt(parts[2]) <= days(Integer.parseInt(parts[1]));
        }

        /// The most days of a month; months and days of zero pass in the reference, too.
        private static int days(int month) {
            return switch (month) {
                case 1, 3, 5, 7, 8, 10, 12 -> 31;
                case 4, 6, 9, 11 -> 30;
                case 2 -> 29;
                case 0 -> 99;
                default -> -1;
            };
        }
    }

    /// Europe's capitals north of 45 degrees, from north to south, separated by commas.
    record EuropeanCapitals() implements SingleTask {
        private static final List<String> NORTH_TO_SOUTH =
                List.of(("Reykjavik Helsinki Oslo Tallinn Stockholm Riga Moscow"
                                + " Copenhagen Vilnius Minsk Dublin Berlin Amsterdam Warsaw London Brussels Prague Luxembourg"
                                + " Paris Vienna Bratislava Budapest Vaduz Chisinau Bern Ljubljana Zagreb")
                        .split(" "));

        @Override
        public boolean isFollowedBy(String response) {
            return PythonText.split(ascii(response), ",").stream()
                    .map(PythonText::strip)
                    .filter(name -> !name.isEmpty())
                    .toList()
                    .equals(NORTH_TO_SOUTH);
        }
    }

    /// The multiples of seven from 14 to 49 and no other number.
    record Multiples() implements SingleTask {
        @Override
        public boolean isFollowedBy(String response) {
            return CountInstruction.Numbers.in(response).equals(List.of("14", "21", "28", "35", "42", "49"));
        }
    }

    /// At least 52 lines in reverse alphabetical order from the one with Zimbabwe on.
    record ReverseCountries() implements SingleTask {
        private static final int LEAST = 52;

        @Override
        public boolean isFollowedBy(String response) {
            List<String> lines = PythonText.split(response, "\n").stream()
                    .map(Punctuation::stripped)
                    .filter(line -> !line.isEmpty())
                    .dropWhile(line -> !line.contains("Zimbabwe"))
                    .map(SingleTask::ascii)
                    .toList();
            return lines.size() >= LEAST
                    && IntStream.range(1, lines.size())
                            .allMatch(i -> lines.get(i - 1).compareTo(lines.get(i)) >= 0);
        }
    }

    /// 26 sentences, the first words of which begin with the letters from `a` to `z`.
    record SentenceAlphabet() implements SingleTask {
        private static final int LETTERS = 26;

        @Override
        public boolean isFollowedBy(String response) {
            List<String> sentences = Punkt.english().sentences(response);
            return sentences.size() == LETTERS
                    && IntStream.range(0, LETTERS).allMatch(i -> begins(sentences.get(i), (char) ('a' + i)));
        }

        private static boolean begins(String sentence, char letter) {
            int start = PythonText.endOf(sentence, 0, c -> Punctuation.isMark(c) || c == ' ' || c >= '\t' && c <= '\r');
            return start < sentence.length()
                    && PythonText.lower(sentence.substring(start, start + 1)).equals(letter + "");
        }
    }
}
