package dev.caravan.model;

import dev.caravan.tensor.Tensor;
import java.util.List;

/// One layer of a Llama: attention and gated feed-forward, each after a norm and added to the stream.
///
/// The unit of execution: activation checkpointing, sharding and offload all happen between blocks.
final class Block {
    private final int layer;
    private final ModelConfig config;
    private final Parameter attentionNorm;
    private final Parameter queryKeyValue; // rows: query, key, value
    private final Parameter attentionOut;
    private final Parameter feedForwardNorm;
    private final Parameter gateUp; // rows: gate, up
    private final Parameter down;

    Block(int layer, ModelConfig config, ParameterSource source) {
        this.layer = layer;
        this.config = config;
        String prefix = "model.layers." + layer + ".";
        int hidden = config.hiddenSize();
        int queries = config.heads() * config.headDimension();
        int keys = config.keyValueHeads() * config.headDimension();
        attentionNorm = source.norm(prefix + "input_layernorm.weight", hidden);
        queryKeyValue = source.matrix(
                hidden,
                new ParameterSource.Rows(prefix + "self_attn.q_proj.weight", queries),
                new ParameterSource.Rows(prefix + "self_attn.k_proj.weight", keys),
                new ParameterSource.Rows(prefix + "self_attn.v_proj.weight", keys));
        attentionOut = source.matrix(queries, new ParameterSource.Rows(prefix + "self_attn.o_proj.weight", hidden));
        feedForwardNorm = source.norm(prefix + "post_attention_layernorm.weight", hidden);
        gateUp = source.matrix(
                hidden,
                new ParameterSource.Rows(prefix + "mlp.gate_proj.weight", config.intermediateSize()),
                new ParameterSource.Rows(prefix + "mlp.up_proj.weight", config.intermediateSize()));
        down = source.matrix(
                config.intermediateSize(), new ParameterSource.Rows(prefix + "mlp.down_proj.weight", hidden));
    }

    List<Parameter> parameters() {
        return List.of(attentionNorm, queryKeyValue, attentionOut, feedForwardNorm, gateUp, down);
    }

    /// `[tokens, hidden] → [tokens, hidden]`.
    Tensor forward(Tensor x, Rotary.Angles angles, Attention attention) {
        Tensor mixed = x.plus(attention(x.rmsNorm(attentionNorm.value(), config.normEpsilon()), angles, attention));
        return mixed.plus(feedForward(mixed.rmsNorm(feedForwardNorm.value(), config.normEpsilon())));
    }

    private Tensor attention(Tensor x, Rotary.Angles angles, Attention attention) {
        int heads = config.heads();
        int shared = config.keyValueHeads();
        Tensor projected = x.linear(queryKeyValue.value()).view(x.size(0), heads + 2L * shared, config.headDimension());
        Tensor rotated = angles.rotate(projected.narrow(1, 0, heads + shared)); // queries and keys
        return attention
                .attend(layer, new Heads(rotated, projected, heads, shared))
                .linear(attentionOut.value());
    }

    /// SwiGLU, [equation 6](https://arxiv.org/abs/2002.05202).
    private Tensor feedForward(Tensor x) {
        int width = config.intermediateSize();
        List<Tensor> gateAndUp = x.linear(gateUp.value()).split(1, width, width);
        return gateAndUp.getFirst().silu().times(gateAndUp.getLast()).linear(down.value());
    }
}
