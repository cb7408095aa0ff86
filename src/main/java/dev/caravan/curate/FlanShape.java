package dev.caravan.curate;

/// `{"inputs": "…", "targets": "…", "rationale"?: "…"}`. A rationale comes before the target, which then ends the
/// answer in a sentence.
record FlanShape() implements RowShape {
    @Override
    public String keys() {
        return "inputs and targets";
    }

    @Override
    public boolean fits(JsonRow row) {
        return row.has(FlanLines.INPUTS, FlanLines.TARGETS);
    }

    @Override
    public Turns read(JsonRow row) {
        String target = row.text(FlanLines.TARGETS);
        String answer = row.textIfAny(FlanLines.RATIONALE)
                .map(rationale -> rationale + "\nSo the answer is " + target + ".")
                .orElse(target);
        return Turns.of(row.text(FlanLines.INPUTS), answer);
    }
}
