package dev.caravan.model;

import java.util.Optional;

/// Rotary position embedding, [RoFormer](https://arxiv.org/abs/2104.09864): how fast each pair of a head's dimensions
/// turns with the position.
///
/// @param theta base of the geometric series of wavelengths
/// @param scaling how long wavelengths are stretched, for models that Llama 3.1's rule has given a longer context
public record Rope(double theta, Optional<Llama3Scaling> scaling) {
    public Rope {
        if (!(theta > 0)) {
            throw new IllegalArgumentException("rope theta must be positive, got " + theta);
        }
    }

    public static Rope of(double theta) {
        return new Rope(theta, Optional.empty());
    }

    /// Radians a position, for each of the `headDimension / 2` pairs.
    public double[] frequencies(int headDimension) {
        double[] frequencies = new double[headDimension / 2];
        for (int pair = 0; pair < frequencies.length; pair++) {
            double plain = Math.pow(theta, -2.0 * pair / headDimension);
            frequencies[pair] = scaling.isPresent() ? scaling.get().of(plain) : plain;
        }
        return frequencies;
    }

    /// Llama 3.1's stretching: wavelengths that fit the original context stay, those much longer than it grow by
    /// `factor`, and those between are interpolated.
    ///
    /// @param lowFrequencyFactor wavelengths above `originalPositions / lowFrequencyFactor` grow by all of it
    /// @param highFrequencyFactor wavelengths below `originalPositions / highFrequencyFactor` stay as they are
    /// @param originalPositions the context length before stretching, in tokens
    public record Llama3Scaling(
            double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalPositions) {
        public Llama3Scaling {
            if (!(factor >= 1)) {
                throw new IllegalArgumentException("rope scaling factor must be at least 1, got " + factor);
            }
            if (!(lowFrequencyFactor > 0 && lowFrequencyFactor < highFrequencyFactor)) {
                throw new IllegalArgumentException(
                        "rope low_freq_factor must lie between 0 and high_freq_factor (%s), got %s"
                                .formatted(highFrequencyFactor, lowFrequencyFactor));
            }
            if (originalPositions <= 0) {
                throw new IllegalArgumentException(
                        "rope original_max_position_embeddings must be positive, got " + originalPositions);
            }
        }

        double of(double frequency) {
            double turns = originalPositions * frequency / (2 * Math.PI); // within the original context
            double kept = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
            double share = Math.clamp(kept, 0, 1);
            return share * frequency + (1 - share) * frequency / factor;
        }
    }
}
