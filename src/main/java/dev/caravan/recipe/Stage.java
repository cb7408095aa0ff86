package dev.caravan.recipe;

/// One step of a recipe. A stage is a record: its components are the recipe's keys, its compact constructor their
/// rules. To add one, write the record and name it here.
public sealed interface Stage extends PipelineStage
        permits CurateStage,
                SynthesiseStage,
                DecontaminateStage,
                MixStage,
                SampleStage,
                TaskPromptsStage,
                CreateStage,
                SftStage,
                PreferencesStage,
                DpoStage,
                RlvrStage,
                EvaluateStage {}
