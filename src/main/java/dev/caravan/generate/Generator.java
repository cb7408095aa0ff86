package dev.caravan.generate;

import dev.caravan.data.Completion;
import dev.caravan.data.Draws;
import dev.caravan.data.FinishReason;
import dev.caravan.model.CausalLm;
import dev.caravan.model.FlatBatch;
import dev.caravan.model.KeyValueCache;
import dev.caravan.tensor.Scope;
import dev.caravan.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Batched sampling with a key-value cache. A finished sequence gives its place to the next; the samples of one
/// prompt share its prefill. Draws are keyed by seed, prompt, sample and position, so that neighbours in the batch
/// change a completion by rounding at most.
public final class Generator {
    private static final int PREFILL_TOKENS = 4096;
    private static final int WORTH_PACKING = 16; // tokens a sequence
    private static final int DRAWN_TOGETHER = 16; // sequences
    private static final CausalLm.Packed NOT_PACKED = () -> {};

    private final CausalLm model;
    private final Set<Integer> endTokens;
    private final Function<int[], String> text;
    private final int batch;

    /// @param text what completion ids read as, without their end token
    /// @param batch sequences written at a time
    public Generator(CausalLm model, Set<Integer> endTokens, Function<int[], String> text, int batch) {
        this.model = model;
        this.endTokens = Set.copyOf(endTokens);
        this.text = text;
        this.batch = batch;
    }

    /// Hears of each finished completion: how many there are so far and how many tokens they hold.
    public interface Listener {
        void finished(int completions, long tokens);

        /// Hears the completion itself, before its number is told.
        ///
        /// @param request its place in the list of requests
        default void written(int request, int sample, Completion completion) {}
    }

    /// The completions of each request, in order.
    public List<List<Completion>> generate(List<Request> requests, Sampling sampling, long seed) {
        return generate(requests, sampling, seed, (_, _) -> {});
    }

    public List<List<Completion>> generate(List<Request> requests, Sampling sampling, long seed, Listener listener) {
        requests.forEach(request -> requireFit(request, sampling));
        int samples = requests.stream().mapToInt(Request::samples).sum();
        int slots = Math.max(1, Math.min(batch, samples));
        int longest =
                requests.stream().mapToInt(r -> r.promptIds().length).max().orElse(1);
        try (var cache = new KeyValueCache(
                        model.config(), model.precision(), slots, longest + Math.min(sampling.maxTokens(), 64));
                var _ = sampling.maxTokens() < WORTH_PACKING ? NOT_PACKED : model.packed(slots)) {
            return new Run(requests, sampling, seed, cache, slots, listener).toEnd();
        }
    }

    private void requireFit(Request request, Sampling sampling) {
        int limit = model.config().maxPositions();
        if (request.promptIds().length >= limit) {
            throw new IllegalArgumentException("prompt of " + request.promptIds().length
                    + " tokens leaves no room in the model's context of " + limit + " tokens (asked for "
                    + sampling.maxTokens() + " more)");
        }
    }

    /// One sequence that is being written.
    private static final class Sequence {
        final int request;
        final int sample;
        final Draws draws;
        final int[] prompt;
        final int limit;
        final int[] ids;
        final float[] logProbs;
        int length;

        Sequence(int request, int sample, Draws draws, int[] prompt, int limit) {
            this.request = request;
            this.sample = sample;
            this.draws = draws;
            this.prompt = prompt;
            this.limit = limit;
            ids = new int[limit];
            logProbs = new float[limit];
        }

        float uniform() {
            return (float) ((draws.bits(sample, length, 0) >>> 40) * 0x1.0p-24); // below 1 in float32 too
        }

        int[] completion() {
            return Arrays.copyOf(ids, length);
        }

        int[] seen() {
            int[] seen = Arrays.copyOf(prompt, prompt.length + length);
            System.arraycopy(ids, 0, seen, prompt.length, length);
            return seen;
        }
    }

    private final class Run {
        private final Sampling sampling;
        private final Sampler sampler;
        private final long seed;
        private final KeyValueCache cache;
        private final int slots;
        private final Listener listener;
        private final List<Sequence> active = new ArrayList<>(); // by slot
        private final Deque<Sequence> waiting = new ArrayDeque<>();
        private final Completion[][] done;
        private int finished;
        private long tokens;

        Run(List<Request> requests, Sampling sampling, long seed, KeyValueCache cache, int slots, Listener listener) {
            this.sampling = sampling;
            this.seed = seed;
            this.cache = cache;
            this.slots = slots;
            this.listener = listener;
            sampler = new Sampler(sampling);
            done = requests.stream().map(r -> new Completion[r.samples()]).toArray(Completion[][]::new);
            for (int i = 0; i < requests.size(); i++) {
                queue(i, requests.get(i));
            }
        }

        private void queue(int index, Request request) {
            var draws = new Draws(seed, "sample/" + request.key());
            int room = model.config().maxPositions() - request.promptIds().length;
            for (int sample = 0; sample < request.samples(); sample++) {
                waiting.add(
                        new Sequence(index, sample, draws, request.promptIds(), Math.min(sampling.maxTokens(), room)));
            }
        }

        List<List<Completion>> toEnd() {
            while (!waiting.isEmpty() || !active.isEmpty()) {
                if (!waiting.isEmpty() && (active.isEmpty() || slots - active.size() >= Math.max(1, slots / 4))) {
                    prefill();
                } else {
                    decode();
                }
            }
            return Arrays.stream(done).map(List::of).toList();
        }

        /// Admits waiting sequences up to the free slots and a token budget, prompt by prompt.
        private void prefill() {
            var prompts = new ArrayList<int[]>();
            var copies = new ArrayList<Integer>();
            var admitted = new ArrayList<Sequence>();
            int promptTokens = 0;
            int previous = -1;
            while (!waiting.isEmpty() && active.size() + admitted.size() < slots) {
                Sequence next = waiting.peek();
                if (next.request != previous) {
                    if (promptTokens > 0 && promptTokens + next.prompt.length > PREFILL_TOKENS) {
                        break;
                    }
                    prompts.add(next.prompt);
                    copies.add(0);
                    promptTokens += next.prompt.length;
                    previous = next.request;
                }
                copies.set(copies.size() - 1, copies.getLast() + 1);
                admitted.add(waiting.remove());
            }
            start(prompts, copies.stream().mapToInt(Integer::intValue).toArray(), admitted);
        }

        private void start(List<int[]> prompts, int[] copies, List<Sequence> admitted) {
            try (var _ = Scope.open()) {
                var flat = FlatBatch.of(prompts);
                Tensor hidden = model.hidden(flat.ids(), flat.positions(), cache.prefill(flat, copies));
                var lastRows = new int[admitted.size()];
                int at = 0;
                for (int i = 0; i < copies.length; i++) {
                    var segment = flat.segments().get(i);
                    Arrays.fill(lastRows, at, at + copies[i], segment.start() + segment.length() - 1);
                    at += copies[i];
                }
                int first = active.size();
                active.addAll(admitted);
                extend(model.head().logits(hidden.rows(Tensor.of(lastRows))), first);
            }
            retire();
        }

        private void decode() {
            try (var _ = Scope.open()) {
                var ids = new int[active.size()];
                var positions = new int[active.size()];
                for (int slot = 0; slot < ids.length; slot++) {
                    Sequence sequence = active.get(slot);
                    ids[slot] = sequence.ids[sequence.length - 1];
                    positions[slot] = cache.length(slot);
                }
                extend(model.head().logits(model.hidden(ids, positions, cache.decode())), 0);
            }
            retire();
        }

        /// Draws the next token of the sequences from slot `first` on, few at a time: their logits stay in the cache.
        private void extend(Tensor logits, int first) {
            int rows = active.size() - first;
            for (int from = 0; from < rows; from += DRAWN_TOGETHER) {
                int count = Math.min(DRAWN_TOGETHER, rows - from);
                try (var _ = Scope.open()) {
                    draw(logits.narrow(0, from, count), active.subList(first + from, first + from + count));
                }
            }
        }

        private void draw(Tensor logits, List<Sequence> drawing) {
            var uniforms = new float[drawing.size()];
            for (int i = 0; i < uniforms.length; i++) {
                uniforms[i] = drawing.get(i).uniform();
            }
            List<int[]> seen = sampling.repetitionPenalty() == 1
                    ? List.of()
                    : drawing.stream().map(Sequence::seen).toList();
            var drawn = sampler.draw(logits, seen, uniforms);
            for (int i = 0; i < uniforms.length; i++) {
                Sequence sequence = drawing.get(i);
                sequence.ids[sequence.length] = (int) drawn.ids()[i];
                sequence.logProbs[sequence.length++] = drawn.logProbs()[i];
            }
        }

        private void retire() {
            for (int slot = active.size() - 1; slot >= 0; slot--) {
                Sequence sequence = active.get(slot);
                Completion completion = ended(sequence);
                if (completion != null) {
                    done[sequence.request][sequence.sample] = completion;
                    cache.remove(slot);
                    active.set(slot, active.getLast());
                    active.removeLast();
                    tokens += sequence.length;
                    listener.written(sequence.request, sequence.sample, completion);
                    listener.finished(++finished, tokens);
                }
            }
        }

        private @org.jspecify.annotations.Nullable Completion ended(Sequence s) {
            if (!sampling.ignoreEnd() && endTokens.contains(s.ids[s.length - 1])) {
                return completion(s, text.apply(s.completion()), FinishReason.STOP);
            }
            String cut = sampling.stop().isEmpty() ? null : beforeStop(text.apply(s.completion()));
            if (cut != null) {
                return completion(s, cut, FinishReason.STOP_STRING);
            }
            return s.length < s.limit ? null : completion(s, text.apply(s.completion()), FinishReason.LENGTH);
        }

        private Completion completion(Sequence s, String words, FinishReason reason) {
            return new Completion(s.completion(), words, Arrays.copyOf(s.logProbs, s.length), reason);
        }

        private @org.jspecify.annotations.Nullable String beforeStop(String words) {
            int first = sampling.stop().stream()
                    .mapToInt(words::indexOf)
                    .filter(at -> at >= 0)
                    .min()
                    .orElse(-1);
            return first < 0 ? null : words.substring(0, first);
        }
    }
}
