package dev.caravan.data;

/// Why a completion ended: its end token was drawn, it was cut at the token limit, or a stop string appeared.
public enum FinishReason {
    STOP,
    LENGTH,
    STOP_STRING
}
