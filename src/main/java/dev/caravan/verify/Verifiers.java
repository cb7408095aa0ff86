package dev.caravan.verify;

import dev.caravan.RecipeException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/// The verifiers by name: the built-in ones, and the user's own that [ServiceLoader] finds.
public final class Verifiers {
    private final Map<String, String> descriptions = new LinkedHashMap<>();
    private final Map<String, Integer> versions = new LinkedHashMap<>();
    private final Map<String, Verifier> own = new LinkedHashMap<>();

    Verifiers(List<? extends VerifierProvider> providers) {
        for (BuiltIn builtIn : BuiltIn.values()) {
            descriptions.put(builtIn.spelling(), builtIn.description());
            versions.put(builtIn.spelling(), builtIn.version());
        }
        providers.forEach(this::add);
    }

    /// The built-in verifiers and every provider on the class path.
    public static Verifiers installed() {
        return new Verifiers(ServiceLoader.load(VerifierProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /// The verifier of that name under the mended rules, for whole answers of a model.
    ///
    /// @throws RecipeException when there is none; the message lists the known ones
    public static Verifier named(String name) {
        return installed().get(name, Reading.DEFAULT);
    }

    /// @throws RecipeException when there is none of that name; the message lists the known ones
    public Verifier get(String name, Reading reading) {
        for (BuiltIn builtIn : BuiltIn.values()) {
            if (builtIn.spelling().equals(name)) {
                return builtIn.verifier(reading);
            }
        }
        Verifier found = own.get(name);
        if (found == null) {
            throw new RecipeException(
                    "there is no verifier '%s'; known are %s. A verifier of your own is a %s on the class path"
                            .formatted(name, descriptions.keySet(), VerifierProvider.class.getName()));
        }
        return found;
    }

    /// Name to what it decides, the built-in ones first.
    public Map<String, String> descriptions() {
        return Collections.unmodifiableMap(descriptions);
    }

    /// Name to version: what gave verdicts earlier gives the same ones as long as it has the same version.
    public Map<String, Integer> versions() {
        return Collections.unmodifiableMap(versions);
    }

    private void add(VerifierProvider provider) {
        if (descriptions.putIfAbsent(provider.name(), provider.description()) != null) {
            throw new RecipeException("two verifiers are named '%s', one of them is %s; a name belongs to one"
                    .formatted(provider.name(), provider.getClass().getName()));
        }
        versions.put(provider.name(), provider.version());
        own.put(provider.name(), provider.verifier());
    }
}
