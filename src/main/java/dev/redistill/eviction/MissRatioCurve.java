package dev.redistill.eviction;

/**
 * Which part of the lookups finds its key, of late, and about which part would with another memory.
 *
 * @param now with the memory that there is
 * @param half with half of it
 * @param twice with twice as much
 * @param fourfold with four times as much
 * @param samples how many keys this was learned from; 0 if only {@code now} is known
 */
public record MissRatioCurve(double now, double half, double twice, double fourfold, long samples) {

  static final MissRatioCurve UNKNOWN = new MissRatioCurve(0, 0, 0, 0, 0);
}
