/// The command line: the one package that prints and exits.
@NullMarked
package dev.caravan.cli;

import org.jspecify.annotations.NullMarked;
