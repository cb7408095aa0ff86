package dev.caravan.generate.synthesis;

import dev.caravan.DataException;
import dev.caravan.data.Message;
import dev.caravan.generate.Question;
import dev.caravan.generate.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the model is told, in files that can be replaced: `system.txt`; for each kind `KIND.txt`, which asks for a
/// prompt, and `KIND-answer.txt`, which asks for the answer to it; `relaxed.txt` and `instructions-examples.txt`.
public final class PromptFiles {
    private static final String PERSONA = "persona";
    private static final String PROBLEM = "problem";

    private final Optional<Path> folder;

    /// @param folder with files that take the place of those of their name
    public PromptFiles(Optional<Path> folder) {
        this.folder = folder;
        folder.ifPresent(PromptFiles::requireKnown);
    }

    Template prompt(Kind kind) {
        Set<String> needed = switch (kind) {
            case ALGEBRA -> Set.of(PERSONA, "topic");
            case INSTRUCTIONS -> Set.of(PERSONA, "constraints", "example");
            case HARD_MATHS, GRADE_SCHOOL_MATHS, PYTHON -> Set.of(PERSONA);
        };
        return template(kind.word() + ".txt", needed);
    }

    Template answer(Kind kind) {
        return template(kind.word() + "-answer.txt", Set.of(PROBLEM));
    }

    Template relaxed() {
        return template("relaxed.txt", Set.of("instruction", "dropped"));
    }

    List<String> examples() {
        return text("instructions-examples.txt")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /// A question with the system message, where that is not empty.
    Question question(String key, String user, int samples) {
        String system = text("system.txt").strip();
        var messages =
                system.isEmpty() ? List.of(Message.user(user)) : List.of(Message.system(system), Message.user(user));
        return new Question.Chat(key, messages, samples);
    }

    private Template template(String name, Set<String> needed) {
        return Template.of(folder.map(path -> path.resolve(name).toString()).orElse(name), text(name), needed);
    }

    private String text(String name) {
        Optional<Path> own = folder.map(path -> path.resolve(name)).filter(Files::exists);
        return own.map(PromptFiles::read).orElseGet(() -> Resources.text(name));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /// A folder in which no file has a name that is looked for is a mistake.
    private static void requireKnown(Path folder) {
        try (var files = Files.list(folder)) {
            boolean any = files.map(file -> String.valueOf(file.getFileName()))
                    .anyMatch(name -> PromptFiles.class.getResource(name) != null);
            if (any) return;
        } catch (IOException e) {
            throw new DataException("cannot read the folder of prompts " + folder + ": " + e.getMessage(), e);
        }
        throw new DataException(folder
                + " has no prompt file; name files system.txt, KIND.txt, KIND-answer.txt, relaxed.txt,"
                + " instructions-examples.txt");
    }
}
