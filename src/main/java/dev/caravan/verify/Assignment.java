package dev.caravan.verify;

import java.util.Arrays;

/// The one-to-one assignment of rows to columns with the greatest sum: the Hungarian algorithm with potentials, in
/// O(rows² · columns) ([Kuhn 1955](https://doi.org/10.1002/nav.3800020109)).
///
/// @param scores `[rows][columns]`, at least as many columns as rows
record Assignment(double[][] scores) {
    Assignment {
        if (scores.length > 0 && scores[0].length < scores.length) {
            throw new IllegalArgumentException(
                    "needs a column for every row, got %d for %d".formatted(scores[0].length, scores.length));
        }
    }

    /// The greatest sum of scores in which every row has a column of its own.
    double greatestSum() {
        int[] rowOf = rowOfColumn();
        double sum = 0;
        for (int column = 1; column < rowOf.length; column++) {
            sum += rowOf[column] == 0 ? 0 : scores[rowOf[column] - 1][column - 1];
        }
        return sum;
    }

    /// Rows and columns are counted from 1; 0 is no row.
    private int[] rowOfColumn() {
        int columns = scores.length == 0 ? 0 : scores[0].length;
        double[] rowPotential = new double[scores.length + 1];
        double[] columnPotential = new double[columns + 1];
        int[] rowOf = new int[columns + 1];
        for (int row = 1; row <= scores.length; row++) {
            rowOf[0] = row;
            augment(rowOf, rowPotential, columnPotential);
        }
        return rowOf;
    }

    /// Finds a column for the row at `rowOf[0]` along the cheapest path of exchanges.
    private void augment(int[] rowOf, double[] rowPotential, double[] columnPotential) {
        double[] slack = new double[rowOf.length];
        Arrays.fill(slack, Double.POSITIVE_INFINITY);
        int[] previous = new int[rowOf.length];
        boolean[] visited = new boolean[rowOf.length];
        int column = 0;
        do {
            visited[column] = true;
            int next = nearest(column, rowOf[column], slack, previous, visited, rowPotential, columnPotential);
            double step = slack[next];
            for (int j = 0; j < rowOf.length; j++) {
                if (visited[j]) {
                    rowPotential[rowOf[j]] += step;
                    columnPotential[j] -= step;
                } else {
                    slack[j] -= step;
                }
            }
            column = next;
        } while (rowOf[column] != 0);
        while (column != 0) {
            rowOf[column] = rowOf[previous[column]];
            column = previous[column];
        }
    }

    private int nearest(
            int from,
            int row,
            double[] slack,
            int[] previous,
            boolean[] visited,
            double[] rowPotential,
            double[] columnPotential) {
        int nearest = 0;
        for (int j = 1; j < slack.length; j++) {
            if (visited[j]) {
                continue;
            }
            double cost = -scores[row - 1][j - 1] - rowPotential[row] - columnPotential[j];
            if (cost < slack[j]) {
                slack[j] = cost;
                previous[j] = from;
            }
            if (nearest == 0 || slack[j] < slack[nearest]) {
                nearest = j;
            }
        }
        return nearest;
    }
}
