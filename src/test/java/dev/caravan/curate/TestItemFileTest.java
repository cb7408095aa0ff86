package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestItemFileTest {
    @TempDir
    private Path folder;

    @Test
    void itemsComeFromEveryFormatThatRowsComeIn() throws IOException {
        assertThat(items(file("a.jsonl", "{\"key\": 7, \"prompt\": \"Who?\"}\n{\"problem\": \"What?\"}")))
                .containsExactly("7 [Who?]", "line 2 [What?]");
        assertThat(items(file("a.json", "{\"examples\": [{\"input\": \"not True is\"}]}")))
                .containsExactly("line 1 [not True is]");
        assertThat(items(file("a.csv", "id,prompt\n1,\"Who, then?\"\n"))).containsExactly("1 [Who, then?]");
        assertThat(items(file("b.csv", "Type,Question\nx,Why?\n"))).containsExactly("row 1 [Why?]");
    }

    @Test
    void folderOfFilesIsOneTask() throws IOException {
        file("a.jsonl", "{\"question\": \"Who?\"}");
        file("b.jsonl", "{\"question\": \"What?\"}");
        assertThat(items(folder)).containsExactly("a line 1 [Who?]", "b line 1 [What?]");
    }

    @Test
    void columnsOfATableWithoutHeaderGoByNumber() throws IOException {
        Path table = file("a.csv", "\"Find it, please\",0,4,B\nAnd \"this\",2,3,A\n");
        assertThat(items(table, "1", "3")).containsExactly("row 1 [Find it, please, 4]", "row 2 [And \"this\", 3]");
    }

    @Test
    void tableWhoseTextsBreakLinesOtherwiseThanItsRowsIsRead() throws IOException {
        String rows = "\"Which is\nright?\",a,\"b \"\"c\"\"\",A\r\n".repeat(40);
        assertThat(items(file("a.csv", rows), "1")).hasSize(40).first().isEqualTo("row 1 [Which is\nright?]");
        assertThat(items(file("b.csv", "question,x,y,z\r\n" + rows))).hasSize(40);
    }

    @Test
    void rowThatCannotBeComparedIsSaidWithItsLine() throws IOException {
        Path broken = file("a.jsonl", "{\"question\": \"Who?\"}\n{");
        assertThatThrownBy(() -> items(broken))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(broken + ":2: not valid JSON");
        Path other = file("b.jsonl", "{\"query\": \"Who?\"}");
        assertThatThrownBy(() -> items(other)).hasMessageStartingWith(other + ":1: an item needs texts under");
        assertThatThrownBy(() -> items(file("c.jsonl", "{\"q\": 1}"), "q")).hasMessageContaining("q must be a text");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> items(Path file, String... fields) {
        return new TestItemFile("task", file, List.of(fields))
                .items().stream().map(item -> item.id() + " " + item.texts()).toList();
    }
}
