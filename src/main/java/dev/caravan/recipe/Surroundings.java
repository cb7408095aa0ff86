package dev.caravan.recipe;

import dev.caravan.io.Interrupt;
import dev.caravan.io.Progress;
import dev.caravan.io.Store;
import java.time.InstantSource;
import java.util.Map;

/// What a pipeline is given by those who call it.
///
/// @param store writes
/// @param clock dates the manifests
/// @param progress hears where a stage stands
/// @param interrupt says when to stop
/// @param versions of Caravan, Java and the tensor engine, for the manifests
/// @param hub where fetched models and data lie
public record Surroundings(
        Store store,
        InstantSource clock,
        Progress progress,
        Interrupt interrupt,
        Map<String, String> versions,
        HubCache hub) {}
