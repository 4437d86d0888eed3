package dev.redistill.snapshot;

import dev.redistill.store.SetLimits;

/**
 * How large values may be and yet be kept compactly.
 *
 * @param hashes for hashes
 * @param sets for sets
 */
public record ValueLimits(HashLimits hashes, SetLimits sets) {}
