package dev.caravan.model;

import dev.caravan.tensor.Tensor;
import java.util.List;

/// One layer of a Llama: attention and gated feed-forward, each after a norm and added to the stream.
///
/// Its two halves are the units of execution: activation checkpointing, sharding and offload all happen between them.
final class Block {
    private final RmsNorm attentionNorm;
    private final SelfAttention attention;
    private final RmsNorm feedForwardNorm;
    private final FeedForward feedForward;

    Block(int layer, ModelConfig config, ParameterSource source) {
        String prefix = "model.layers." + layer + ".";
        int hidden = config.hiddenSize();
        int queries = config.heads() * config.headDimension();
        int keys = config.keyValueHeads() * config.headDimension();
        attentionNorm = norm(source, prefix + "input_layernorm.weight", config);
        Parameter queryKeyValue = source.matrix(
                hidden,
                new ParameterSource.Rows(prefix + "self_attn.q_proj.weight", queries),
                new ParameterSource.Rows(prefix + "self_attn.k_proj.weight", keys),
                new ParameterSource.Rows(prefix + "self_attn.v_proj.weight", keys));
        Parameter out = source.matrix(queries, new ParameterSource.Rows(prefix + "self_attn.o_proj.weight", hidden));
        attention = new SelfAttention(
                layer,
                new Linear(queryKeyValue),
                new Linear(out),
                config.heads(),
                config.keyValueHeads(),
                config.headDimension());
        feedForwardNorm = norm(source, prefix + "post_attention_layernorm.weight", config);
        Parameter gateUp = source.matrix(
                hidden,
                new ParameterSource.Rows(prefix + "mlp.gate_proj.weight", config.intermediateSize()),
                new ParameterSource.Rows(prefix + "mlp.up_proj.weight", config.intermediateSize()));
        Parameter down = source.matrix(
                config.intermediateSize(), new ParameterSource.Rows(prefix + "mlp.down_proj.weight", hidden));
        feedForward = new FeedForward(new Linear(gateUp), new Linear(down));
    }

    private static RmsNorm norm(ParameterSource source, String name, ModelConfig config) {
        return new RmsNorm(source.norm(name, config.hiddenSize()), config.normEpsilon());
    }

    List<Parameter> parameters() {
        return List.of(
                attentionNorm.weight(),
                attention.queryKeyValue().weight(),
                attention.out().weight(),
                feedForwardNorm.weight(),
                feedForward.gateUp().weight(),
                feedForward.down().weight());
    }

    List<Parameter> matrices() {
        return List.of(
                attention.queryKeyValue().weight(),
                attention.out().weight(),
                feedForward.gateUp().weight(),
                feedForward.down().weight());
    }

    /// `[tokens, hidden] → [tokens, hidden]`, never to come back.
    Tensor forward(Tensor x, Rotary.Angles angles, Attention attending) {
        Tape tape = Tape.forgetting();
        Tensor seen = attention.forward(attentionNorm.forward(x, tape), angles, attending, tape);
        return new Residual(feedForwardNorm, feedForward).forward(x.plus(seen), tape);
    }

    /// The same in two units that can be run backward.
    List<Unit> units(Rotary.Angles angles, SegmentAttention attending) {
        return List.of(
                new Residual(attentionNorm, attention.among(angles, attending)),
                new Residual(feedForwardNorm, feedForward));
    }
}
