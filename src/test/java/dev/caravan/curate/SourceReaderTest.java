package dev.caravan.curate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import dev.caravan.data.Skill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
    private static final String CHAT = "{\"prompt\": \"Hi\", \"completion\": \"Ho\"}";
    private static final String BROKEN = "{\"prompt\": \"Hi\"";

    @TempDir
    private Path folder;

    private final List<BadRow> aside = new ArrayList<>();

    @Test
    void firstBadRowStopsTheReadingWithFileLineAndRule() throws IOException {
        FileSource source = source(CHAT, "", BROKEN);
        assertThatThrownBy(() -> read(source))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(source.path() + ":3: not valid JSON");
    }

    @Test
    void badRowsAreSetAsideUpToTheirShare() throws IOException {
        FileSource source = source(CHAT, BROKEN, CHAT, CHAT).with(new RejectBadRows(0.25));
        assertThat(read(source)).hasSize(3);
        assertThat(aside).hasSize(1);
        assertThat(aside.getFirst().where()).isEqualTo(source.path() + ":2");
        assertThat(aside.getFirst().text()).isEqualTo(BROKEN);
    }

    @Test
    void moreBadRowsThanTheShareEndTheReading() throws IOException {
        FileSource source = source(CHAT, BROKEN, CHAT, BROKEN).with(new RejectBadRows(0.25));
        assertThatThrownBy(() -> read(source))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 of 4 rows of source rows are bad, more than the share of 0.25 that it allows");
    }

    @Test
    void fileOfNothingButBadRowsIsGivenUpEarly() throws IOException {
        FileSource source = source(Collections.nCopies(5_000, BROKEN).toArray(String[]::new))
                .with(new RejectBadRows(0.01));
        assertThatThrownBy(() -> read(source)).hasMessageContaining("1000 of 1000 rows of source rows are bad");
        assertThat(aside).hasSize(1_000);
    }

    @Test
    void badRowsThatStandTogetherMayBeOutweighedByThoseThatFollow() throws IOException {
        var lines = new ArrayList<>(Collections.nCopies(4_000, CHAT));
        lines.set(999, BROKEN);
        lines.set(1_001, BROKEN);
        assertThat(read(source(lines.toArray(String[]::new)).with(new RejectBadRows(0.001))))
                .hasSize(3_998);
    }

    @Test
    void otherEncodingIsSaidWithItsLineAndSpoilsNoOtherRow() throws IOException {
        Path file = folder.resolve("latin.jsonl");
        Files.write(file, (CHAT + "\n{\"prompt\": \"é\", \"completion\": \"\"}\n" + CHAT).getBytes(ISO_8859_1));
        FileSource source = FileSource.of("rows", file.toString());
        assertThatThrownBy(() -> read(source))
                .hasMessage(file + ":2: the line is not UTF-8 text; convert the file, as with 'iconv -t UTF-8'");
        assertThat(read(source.with(new RejectBadRows(0.5)))).hasSize(2);
    }

    @Test
    void rowsOfSeveralShapesMayStandInOneFileUnlessTheShapeIsSet() throws IOException {
        FileSource source = source(CHAT, "{\"question\": \"Hi\", \"answer\": \"Ho\"}");
        assertThat(read(source))
                .extracting(Example::messages)
                .containsOnly(read(source).getFirst().messages());
        var fixed = new FileSource(
                "rows",
                source.path(),
                Optional.of(Shape.PROMPT_COMPLETION),
                Optional.empty(),
                Optional.empty(),
                new StopBadRows());
        assertThatThrownBy(() -> read(fixed))
                .hasMessage(source.path() + ":2: a row of shape prompt-completion must have prompt and completion or"
                        + " response; this one has [question, answer]");
    }

    @Test
    void rowOfNoShapeIsToldWhatRowsCanHave() throws IOException {
        FileSource source = source("{\"text\": \"Hi\"}");
        assertThatThrownBy(() -> read(source))
                .hasMessageStartingWith(source.path() + ":1: a row must have one of these: chosen and rejected")
                .hasMessageEndingWith("; inputs and targets; this one has [text]");
    }

    @Test
    void emptySourceIsAnError() throws IOException {
        FileSource source = source("", " ");
        assertThatThrownBy(() -> read(source))
                .isInstanceOf(DataException.class)
                .hasMessage("source rows has no rows: " + source.path() + " is empty");
    }

    @Test
    void repeatedIdGetsANumberAlsoAcrossSources() throws IOException {
        String own = "{\"id\": \"a\", \"prompt\": \"Hi\", \"completion\": \"Ho\"}";
        var reader = new SourceReader();
        FileSource source = source(own, "{\"id\": 7, \"prompt\": \"Hi\", \"completion\": \"Ho\"}", own, CHAT);
        List<String> ids = reader.read(source).map(Example::id).toList();
        assertThat(ids).startsWith("a", "7", "a.2");
        assertThat(reader.read(FileSource.of("other", source.path())).map(Example::id))
                .startsWith("a.3", "7.2", "a.4")
                .doesNotContain(ids.getLast());
    }

    @Test
    void idThatLooksLikeANumberedOneStaysUniqueToo() throws IOException {
        String own = "{\"id\": \"%s\", \"prompt\": \"Hi\", \"completion\": \"Ho\"}";
        FileSource source = source(own.formatted("a"), own.formatted("a"), own.formatted("a.2"));
        assertThat(read(source)).extracting(Example::id).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void rowOfAnEarlierStepKeepsItsSourceWhereThatIsAskedFor() throws IOException {
        FileSource source =
                source("{\"id\": \"a\", \"source\": \"flan\", \"prompt\": \"Hi\", \"completion\": \"Ho\"}", CHAT);
        var reader = new SourceReader((from, row) -> {}, SourceReader.Origins.ROW);
        assertThat(reader.read(source)).extracting(Example::source).containsExactly("flan", "rows");
        assertThat(read(source)).extracting(Example::source).containsOnly("rows");
    }

    @Test
    void hugeRowIsBadAndTheNextIsRead() throws IOException {
        Path file = folder.resolve("rows.jsonl");
        Files.write(file, List.of(CHAT, "x".repeat(5_000), CHAT));
        var lines = NumberedLines.of(file, 1_000);
        lines.next();
        NumberedLines.Line huge = lines.next();
        assertThat(huge.problem()).isEqualTo("the row is too long: 5,000 bytes, and a row has 1,000 at most");
        assertThat(huge.where()).isEqualTo(file + ":2");
        assertThat(huge.text()).hasSize(200);
        assertThat(lines.next().text()).isEqualTo(CHAT);
        assertThat(lines.hasNext()).isFalse();
    }

    @Test
    void licenceAndSkillOfTheSourceStandOnEveryRow() throws IOException {
        var source = new FileSource(
                "rows",
                source(CHAT).path(),
                Optional.empty(),
                Optional.of("Apache-2.0"),
                Optional.of(Skill.GENERAL_CHAT),
                new StopBadRows());
        assertThat(read(source).getFirst().row())
                .containsEntry("licence", "Apache-2.0")
                .containsEntry("skill", Skill.GENERAL_CHAT);
    }

    private List<Example> read(FileSource source) {
        try (var rows = new SourceReader((from, row) -> aside.add(row)).read(source)) {
            return rows.toList();
        }
    }

    private FileSource source(String... lines) throws IOException {
        Path file = folder.resolve("rows.jsonl");
        Files.write(file, List.of(lines));
        return FileSource.of("rows", file.toString());
    }
}
