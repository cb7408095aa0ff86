/// YAML to records, with every problem at once.
@NullMarked
package dev.caravan.config;

import org.jspecify.annotations.NullMarked;
