package dev.caravan.verify;

/// How a built-in verifier reads what it is given. Verifiers ignore what does not concern them.
///
/// @param answerOnly whether completion and expectation are answers already, with nothing around them
/// @param raw whether a completion is taken as it stands, without looking for a fenced block
/// @param normalForm whether the judgement also tells the normal form of the answer
public record Reading(Compat compat, boolean answerOnly, boolean raw, boolean normalForm) {
    public static final Reading DEFAULT = new Reading(Compat.CURRENT, false, false, false);
}
