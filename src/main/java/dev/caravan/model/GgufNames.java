package dev.caravan.model;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// ggml's names of a Llama's tensors, and Hugging Face's.
final class GgufNames {
    private static final Pattern BLOCK = Pattern.compile("blk\\.(\\d+)\\.(\\w+)\\.weight");

    private static final Map<String, String> OUTSIDE = Map.of(
            "token_embd.weight", "model.embed_tokens.weight",
            "output_norm.weight", "model.norm.weight",
            "output.weight", "lm_head.weight");

    private static final Map<String, String> IN_BLOCK = Map.of(
            "attn_norm", "input_layernorm",
            "attn_q", "self_attn.q_proj",
            "attn_k", "self_attn.k_proj",
            "attn_v", "self_attn.v_proj",
            "attn_output", "self_attn.o_proj",
            "ffn_norm", "post_attention_layernorm",
            "ffn_gate", "mlp.gate_proj",
            "ffn_up", "mlp.up_proj",
            "ffn_down", "mlp.down_proj");

    private GgufNames() {}

    /// Hugging Face's name, or empty when a Llama has no such tensor.
    static Optional<String> toHuggingFace(String name) {
        Matcher block = BLOCK.matcher(name);
        if (block.matches() && IN_BLOCK.containsKey(block.group(2))) {
            return Optional.of("model.layers.%s.%s.weight".formatted(block.group(1), IN_BLOCK.get(block.group(2))));
        }
        return Optional.ofNullable(OUTSIDE.get(name));
    }
}
