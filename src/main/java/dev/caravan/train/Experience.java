package dev.caravan.train;

import java.util.List;

/// Trajectories with what is to be learnt from them.
///
/// @param advantages of each completion token, trajectory by trajectory
/// @param returns of each step, trajectory by trajectory; empty arrays without a value model
public record Experience(List<Trajectory> trajectories, List<float[]> advantages, List<float[]> returns) {
    public Experience {
        trajectories = List.copyOf(trajectories);
        advantages = List.copyOf(advantages);
        returns = List.copyOf(returns);
    }

    Experience clipped(AdvantageClip clip) {
        return new Experience(trajectories, advantages.stream().map(clip::of).toList(), returns);
    }
}
