package dev.caravan.model;

import dev.caravan.model.FlatBatch.Segment;
import dev.caravan.tensor.Precision;
import dev.caravan.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Causal attention within each segment of a flat batch, its shared prefix included.
///
/// Written out as product, softmax, product: on the CPU the engine's fused attention takes 18 times as long in bfloat16.
final class SegmentAttention implements Attention {
    private final List<Segment> segments;
    private final Map<Segment, Tensor> masks = new HashMap<>(); // [group · length, prefix + length]
    private final int keyValueHeads;
    private final int group;

    SegmentAttention(FlatBatch batch, ModelConfig config, Precision precision) {
        segments = batch.segments();
        keyValueHeads = config.keyValueHeads();
        group = config.heads() / config.keyValueHeads();
        int longest = segments.stream()
                .mapToInt(s -> s.prefixLength() + s.length())
                .max()
                .orElse(0);
        Tensor causal = Tensor.causalMask(longest).to(precision);
        var bySize = new HashMap<Long, Tensor>();
        for (Segment s : segments) {
            long size = ((long) s.prefixLength() << 32) | s.length();
            masks.put(s, bySize.computeIfAbsent(size, _ -> mask(causal, s)));
        }
    }

    private Tensor mask(Tensor causal, Segment s) {
        int keys = s.prefixLength() + s.length();
        return causal.narrow(0, s.prefixLength(), s.length()).narrow(1, 0, keys).repeat(group, 1);
    }

    @Override
    public Tensor attend(int layer, Tensor query, Tensor key, Tensor value) {
        var parts = new Tensor[segments.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = attend(segments.get(i), query, key, value);
        }
        Tensor all = parts.length == 1 ? parts[0] : Tensor.cat(0, parts);
        return all.reshape(query.size(0), query.size(1) * query.size(2));
    }

    private Tensor attend(Segment s, Tensor query, Tensor key, Tensor value) {
        long width = query.size(2);
        long heads = query.size(1);
        Tensor q = query.narrow(0, s.start(), s.length())
                .transpose(0, 1)
                .reshape(keyValueHeads, (long) group * s.length(), width); // heads of a group side by side
        Tensor k = seen(s, key).transpose(0, 1);
        Tensor v = seen(s, value).transpose(0, 1);
        Tensor mask = java.util.Objects.requireNonNull(masks.get(s));
        Tensor scores = mask.expand(keyValueHeads, mask.size(0), mask.size(1))
                .plusScaledProduct(q, k.transpose(1, 2), 1 / Math.sqrt(width));
        return scores.softmax().matmul(v).reshape(heads, s.length(), width).transpose(0, 1);
    }

    private static Tensor seen(Segment s, Tensor rows) {
        Tensor own = rows.narrow(0, s.start(), s.length());
        return s.prefixLength() == 0 ? own : Tensor.cat(0, rows.narrow(0, s.prefixStart(), s.prefixLength()), own);
    }
}
