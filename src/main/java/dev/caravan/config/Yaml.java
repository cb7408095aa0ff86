package dev.caravan.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// YAML text to a tree of nodes that know their lines.
final class Yaml {
    private Yaml() {}

    /// The text is not YAML; carries the one problem that the parser saw.
    static final class Malformed extends Exception {
        private final transient Problem problem;

        private Malformed(Problem problem, YamlEngineException cause) {
            super(cause);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /// @param label the name of the text that its nodes carry
    /// @return nothing for a text without content
    static Optional<Node> compose(String label, String text) throws Malformed {
        try {
            var settings = LoadSettings.builder()
                    .setLabel(label)
                    .setAllowDuplicateKeys(true)
                    .build();
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().isPresent() ? Place.of(e.getProblemMark()) : new Place(label, 1);
            throw new Malformed(Problem.at(place, "", "is not valid YAML: " + e.getProblem()), e);
        } catch (YamlEngineException e) {
            throw new Malformed(new Problem(label, 1, "", "is not valid YAML: " + e.getMessage()), e);
        }
    }
}
