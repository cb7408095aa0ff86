package dev.caravan.verify.instructions;

/// Something that a prompt demands of the form of a response, and that a program can check. Pure, and linear in the
/// length of the response.
@FunctionalInterface
interface Instruction {
    /// Whether a response that is more than white space follows it.
    boolean isFollowedBy(String response);
}
