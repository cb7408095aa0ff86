package dev.caravan.verify;

import dev.caravan.RecipeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The verifiers by name: the built-in ones, and the user's own that [ServiceLoader] finds.
public final class Verifiers {
    /// What is known of one before it is made.
    private record Known(String description, int version, Function<Reading, Verifier> making) {}

    private static @Nullable Verifiers installed;

    private final Map<String, Known> known = new LinkedHashMap<>();

    Verifiers(List<? extends VerifierProvider> providers) {
        for (BuiltIn builtIn : BuiltIn.values()) {
            known.put(builtIn.spelling(), new Known(builtIn.description(), builtIn.version(), builtIn::verifier));
        }
        providers.forEach(this::add);
    }

    /// The built-in verifiers and every provider on the class path, looked for once.
    public static synchronized Verifiers installed() {
        Verifiers found = installed;
        if (found == null) {
            found = new Verifiers(ServiceLoader.load(VerifierProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList());
            installed = found;
        }
        return found;
    }

    /// The verifier of that name under the mended rules, for whole answers of a model.
    ///
    /// @throws RecipeException when there is none; the message lists the known ones
    public static Verifier named(String name) {
        return installed().get(name, Reading.DEFAULT);
    }

    /// @throws RecipeException when there is none of that name; the message lists the known ones
    public Verifier get(String name, Reading reading) {
        Known found = known.get(name);
        if (found == null) {
            throw new RecipeException(
                    "there is no verifier '%s'; known are %s. A verifier of your own is a %s on the class path"
                            .formatted(name, known.keySet(), VerifierProvider.class.getName()));
        }
        return found.making().apply(reading);
    }

    /// Name to what it decides, the built-in ones first.
    public Map<String, String> descriptions() {
        return each(Known::description);
    }

    /// Name to version: what gave verdicts earlier gives the same ones as long as it has the same version.
    public Map<String, Integer> versions() {
        return each(Known::version);
    }

    private <T> Map<String, T> each(Function<Known, T> part) {
        var parts = new LinkedHashMap<String, T>();
        known.forEach((name, one) -> parts.put(name, part.apply(one)));
        return parts;
    }

    private void add(VerifierProvider provider) {
        Verifier own = provider.verifier();
        if (known.putIfAbsent(provider.name(), new Known(provider.description(), provider.version(), _ -> own))
                != null) {
            throw new RecipeException("two verifiers are named '%s', one of them is %s; a name belongs to one"
                    .formatted(provider.name(), provider.getClass().getName()));
        }
    }
}
