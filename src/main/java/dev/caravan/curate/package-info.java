/// Sources, filters, deduplication and decontamination.
@NullMarked
package dev.caravan.curate;

import org.jspecify.annotations.NullMarked;
