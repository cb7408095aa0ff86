package dev.caravan.model;

/// Where a model's weights come from: a file, another model, or chance.
interface ParameterSource {
    /// Rows of a matrix under their public name.
    record Rows(String name, long count) {}

    /// A matrix of `columns` columns made of these rows, one under the other.
    Parameter matrix(long columns, Rows... rows);

    /// A norm's weight.
    Parameter norm(String name, long size);
}
