package dev.caravan.planted.text;

import dev.caravan.planted.cli.Commands;
import java.util.List;

/// Names a higher layer in a signature only.
record PlantedField(List<Commands> commands) {}
