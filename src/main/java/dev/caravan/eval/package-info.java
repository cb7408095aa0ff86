/// Evaluation tasks, the evaluator and estimates with intervals.
@NullMarked
package dev.caravan.eval;

import org.jspecify.annotations.NullMarked;
