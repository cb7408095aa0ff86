/// Recipes, their stages, the pipeline that runs them, the run folder and the report.
@NullMarked
package dev.caravan.recipe;

import org.jspecify.annotations.NullMarked;
