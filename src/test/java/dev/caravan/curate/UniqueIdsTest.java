package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class UniqueIdsTest {
    @Test
    void laterRowsGetNumbersThatNoIdHasYet() {
        var ids = new UniqueIds(".");
        assertThat(List.of("x", "x.2", "x", "x", "y").stream().map(ids::next))
                .containsExactly("x", "x.2", "x.2.2", "x.3", "y");
    }

    @Test
    void rootIsWhatStandsBeforeMarksAndNumbers() {
        assertThat(UniqueIds.root("x.2.13", ".")).isEqualTo("x");
        assertThat(UniqueIds.root("x2", ".")).isEqualTo("x2");
        assertThat(UniqueIds.root("2024", ".")).isEqualTo("2024");
        assertThat(UniqueIds.root("v1.5+2", "+")).isEqualTo("v1.5");
        assertThat(UniqueIds.root(".2", ".")).isEmpty();
    }

    @Property
    void idsOfOneRootCanBeMadeUniqueApartFromAllOthers(@ForAll("ids") List<String> ids) {
        var together = new UniqueIds(".");
        Map<String, UniqueIds> apart = new HashMap<>();
        List<String> unique = ids.stream().map(together::next).toList();
        assertThat(IntStream.range(0, ids.size())
                        .mapToObj(i -> apart.computeIfAbsent(UniqueIds.root(ids.get(i), "."), _ -> new UniqueIds("."))
                                .next(ids.get(i))))
                .isEqualTo(unique);
        assertThat(unique).doesNotHaveDuplicates();
    }

    @Provide
    static Arbitrary<List<String>> ids() {
        return Arbitraries.strings().withChars("a.23").ofMaxLength(5).list().ofMaxSize(40);
    }
}
