package dev.caravan.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/// Where a value was written.
///
/// @param file a file's name, or the override itself: `--set stages.sft.epochs=1`
/// @param line from 1; 0 in an override
record Place(String file, int line) {
    static Place of(Node node) {
        return of(node.getStartMark());
    }

    static Place of(Optional<Mark> mark) {
        Mark found = mark.orElseThrow(() -> new IllegalStateException("every node carries its mark"));
        boolean override = found.getName().startsWith(Overrides.FLAG);
        return new Place(found.getName(), override ? 0 : found.getLine() + 1);
    }
}
