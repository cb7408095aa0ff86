package dev.caravan.train;

import dev.caravan.model.CausalLm;
import dev.caravan.model.FlatBatch;
import dev.caravan.model.Sequence;
import dev.caravan.model.SequenceBatch;
import dev.caravan.tensor.NoGradient;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;
import dev.caravan.text.Packer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Rows about which tokens count, and how much.
final class TokenNumbers {
    private TokenNumbers() {}

    /// Tokens under a zero mask are never laid out, so a mean is over the others, weighted as the trainer weighs
    /// them.
    static Map<String, double[]> maskedMean(JsonNode inputs) {
        JsonNode values = inputs.get("values");
        JsonNode mask = inputs.get("mask");
        boolean byRow = !inputs.get("axis").isNull();
        TokenAverage average =
                byRow ? new TokenAverage.MicroBatchTokenAverage(1) : new TokenAverage.WholeTokenAverage();
        boolean copies = values.get(0).isArray() && values.get(0).get(0).isArray();
        double[] means = copies
                ? values.valueStream()
                        .mapToDouble(copy -> mean(copy, mask, average))
                        .toArray()
                : new double[] {mean(values, mask, average)};
        boolean eachRow =
                byRow && !copies && Numbers.flat(mask).length == 4; // the one row that asks for a mean of each
        return Map.of("mean", eachRow ? ofEachRow(values, mask) : means);
    }

    private static double[] ofEachRow(JsonNode values, JsonNode mask) {
        return IntStream.range(0, values.size())
                .mapToDouble(i -> mean(values.get(i), mask.get(i), new TokenAverage.WholeTokenAverage()))
                .toArray();
    }

    private static double mean(JsonNode values, JsonNode mask, TokenAverage average) {
        boolean rows = values.get(0).isArray();
        List<double[]> kept = rows
                ? IntStream.range(0, values.size())
                        .mapToObj(i -> kept(values.get(i), mask.get(i)))
                        .toList()
                : List.of(kept(values, mask));
        double[] weights = average.weights(kept.stream().map(row -> row.length).toList());
        double mean = 0;
        for (int i = 0; i < weights.length; i++) {
            for (double value : kept.get(i)) {
                mean += weights[i] * value;
            }
        }
        return mean;
    }

    private static double[] kept(JsonNode values, JsonNode mask) {
        double[] all = Numbers.flat(values);
        double[] counts = Numbers.flat(mask);
        return IntStream.range(0, all.length)
                .filter(i -> counts[i] != 0)
                .mapToDouble(i -> all[i])
                .toArray();
    }

    /// A head that is the identity makes the row's logits out of hidden states that are the row's logits.
    static Map<String, double[]> nextTokenLoss(JsonNode inputs) {
        int size = inputs.get("logits").get(0).size();
        var sequence = new Sequence(Numbers.ints(inputs.get("ids")), Numbers.floats(inputs.get("token_mask")));
        var batch = SequenceBatch.of(List.of(sequence));
        try (var model = CausalLm.random(TinyModels.config(size, size, false), 0.02, 1, Precision.FLOAT32)) {
            setToIdentity(model.parameters().getLast().master(), size);
            float[] logits = Numbers.floats(inputs.get("logits"));
            Tensor hidden = Tensor.of(logits, sequence.ids().length, size);
            float[] logProbs = model.head().logProbs(hidden, batch.predictions(), 1);
            double loss = 0;
            for (float logProb : logProbs) {
                loss -= logProb * new Reduction.Mean().weight(sequence.predicted());
            }
            return Map.of("loss", new double[] {loss});
        }
    }

    private static void setToIdentity(Tensor matrix, int size) {
        var identity = new float[size * size];
        for (int i = 0; i < size; i++) {
            identity[i * size + i] = 1;
        }
        try (var _ = NoGradient.on()) {
            matrix.copyInPlace(Tensor.of(identity, size, size));
        }
    }

    static Map<String, double[]> averageOverLabels(JsonNode inputs) {
        var sums = new float[inputs.get("labels").size()];
        var counts = new float[sums.length];
        for (int row = 0; row < sums.length; row++) {
            float[] logProbs = Numbers.floats(inputs.get("logprobs").get(row));
            var batch = SequenceBatch.of(List.of(labelled(inputs.get("labels").get(row))));
            for (int from : batch.predictions().rows()) {
                sums[row] += logProbs[from];
                counts[row]++;
            }
        }
        Tensor sum = Tensor.of(sums, sums.length);
        Tensor count = Tensor.of(counts, counts.length);
        var logps = new PreferenceLogps(sum, sum, sum, sum, count, count);
        return Map.of("average", Numbers.doubles(logps.perToken().policyChosen()));
    }

    private static Sequence labelled(JsonNode labels) {
        int[] ids = Numbers.ints(labels);
        var weights = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            weights[i] = ids[i] == -100 ? 0 : 1;
            ids[i] = Math.max(0, ids[i]);
        }
        return new Sequence(ids, weights);
    }

    /// Rows are filled in the order of the documents; what a token counts is what its own sequence says.
    static Map<String, double[]> packed(JsonNode inputs) {
        boolean masked = inputs.get("mask_tool_use").asBoolean();
        var sequences = new ArrayList<Sequence>();
        for (int i = 0; i < inputs.get("queries").size(); i++) {
            var plain = Sequence.of(
                    Numbers.ints(inputs.get("queries").get(i)),
                    Numbers.ints(inputs.get("responses").get(i)));
            sequences.add(
                    masked ? masked(plain, Numbers.floats(inputs.get("masks").get(i))) : plain);
        }
        int[] lengths = sequences.stream().mapToInt(s -> s.ids().length).toArray();
        double[] masks = Packer.batches(lengths, inputs.get("pack_length").asInt()).stream()
                .flatMap(row -> row.documents().stream())
                .flatMapToDouble(document ->
                        Arrays.stream(Numbers.doubles(sequences.get(document).weights())))
                .toArray();
        return Map.of("response_masks", masks);
    }

    private static Sequence masked(Sequence plain, float[] mask) {
        float[] weights = plain.weights().clone();
        System.arraycopy(mask, 0, weights, weights.length - mask.length, mask.length);
        return new Sequence(plain.ids(), weights);
    }

    /// There are no padded masks here to count runs in: batches are born from documents. So the row is read
    /// backwards: documents of its lengths must lie exactly where its mask changes.
    static Map<String, double[]> documents(JsonNode inputs, JsonNode expected) {
        var lengths = new ArrayList<Double>();
        var longest = new ArrayList<Double>();
        for (int row = 0; row < inputs.get("attention_mask").size(); row++) {
            int[] mask = Numbers.ints(inputs.get("attention_mask").get(row));
            var documents = Arrays.stream(Numbers.ints(expected.get("doc_lens").get(row)))
                    .mapToObj(int[]::new)
                    .toList();
            var segments = FlatBatch.of(documents).segments();
            segments.stream().filter(s -> isRun(mask, s)).forEach(s -> lengths.add((double) s.length()));
            longest.add(segments.stream()
                    .mapToDouble(FlatBatch.Segment::length)
                    .max()
                    .orElse(0));
        }
        return Map.of(
                "doc_lens", lengths.stream().mapToDouble(d -> d).toArray(),
                "longest", longest.stream().mapToDouble(d -> d).toArray());
    }

    private static boolean isRun(int[] mask, FlatBatch.Segment segment) {
        int end = segment.start() + segment.length();
        boolean same = IntStream.range(segment.start(), end).allMatch(i -> mask[i] == mask[segment.start()]);
        boolean ends = end == mask.length || mask[end] != mask[segment.start()];
        return same && ends;
    }
}
