/// The data half of Caravan as Spark jobs: the functions of `dev.caravan.curate` on the rows of many machines, with the
/// results of the local commands, row for row.
@NullMarked
package dev.caravan.spark;

import org.jspecify.annotations.NullMarked;
