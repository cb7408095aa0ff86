package dev.caravan.verify.instructions;

import java.util.Arrays;
import java.util.Optional;

/// An entry of a table of instructions.
interface KnownInstruction {
    /// As prompts name it.
    String id();

    /// The instruction with the arguments of a row.
    ///
    /// @throws dev.caravan.DataException when an argument is missing or of no use
    Instruction with(Arguments given);

    /// The instruction of a table that a row asks for; empty when the table has none of that name.
    static Optional<Instruction> of(KnownInstruction[] table, Arguments given) {
        return Arrays.stream(table)
                .filter(known -> known.id().equals(given.instruction()))
                .findFirst()
                .map(known -> known.with(given));
    }
}
