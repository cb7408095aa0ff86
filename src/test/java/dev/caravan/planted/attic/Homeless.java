package dev.caravan.planted.attic;

final class Homeless {}
