package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.data.Prompt;
import dev.caravan.data.Rollout;
import dev.caravan.generate.Generator;
import dev.caravan.generate.Request;
import dev.caravan.generate.Sampling;
import dev.caravan.io.Interrupt;
import dev.caravan.io.Interrupted;
import dev.caravan.io.Progress;
import dev.caravan.model.CausalLm;
import java.util.LinkedHashMap;
import java.util.List;

/// A model's answers to prompts, with their verifiers' verdicts.
final class Answers {
    private final LoadedModel source;
    private final Generator generator;
    private final int context;
    private final Interrupt interrupt;
    private final Verdicts verdicts;

    /// @param batch answers written at a time
    /// @param interrupt asked after each answer
    Answers(LoadedModel source, CausalLm model, int batch, Interrupt interrupt, Verdicts verdicts) {
        this.source = source;
        this.interrupt = interrupt;
        this.verdicts = verdicts;
        context = model.config().maxPositions();
        generator = new Generator(model, source.endTokens(), source.contract()::text, batch);
    }

    /// One rollout a prompt, in order. A prompt's draws depend on the seed and on its id alone.
    ///
    /// @throws Interrupted when asked to stop; nothing of the answers is kept
    List<Rollout> to(List<Prompt> prompts, int samples, Sampling sampling, long seed, Progress progress) {
        var requests = prompts.stream().map(p -> request(p, samples)).toList();
        long started = System.nanoTime();
        var completions = generator.generate(requests, sampling, seed, (done, tokens) -> {
            var numbers = new LinkedHashMap<String, Double>();
            numbers.put("tokens_per_second", tokens / Math.max(1e-9, (System.nanoTime() - started) / 1e9));
            long all = (long) samples * prompts.size();
            progress.step(done, all, numbers);
            if (done < all && interrupt.requested()) {
                throw new Interrupted(
                        "stopped at answer %d of %d; run again, and the answers begin anew".formatted(done, all));
            }
        });
        return verdicts.on(prompts, completions);
    }

    private Request request(Prompt prompt, int samples) {
        int[] ids = source.contract().prompt(prompt.messages());
        if (ids.length < context) return new Request(prompt.id(), ids, samples);
        throw new DataException(("prompt %s has %d tokens and leaves no room in the context of %s, %d tokens;"
                        + " remove it or use a model with a longer context")
                .formatted(prompt.id(), ids.length, source.path(), context));
    }
}
