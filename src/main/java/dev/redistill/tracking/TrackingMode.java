package dev.redistill.tracking;

import java.util.List;

/**
 * What a client asks for with CLIENT TRACKING ON.
 *
 * @param redirect the client that hears of changes instead, or 0
 * @param broadcast whether to hear of all keys with one of the prefixes, read or not
 * @param optIn whether only keys count that are read right after CLIENT CACHING YES
 * @param optOut whether keys do not count that are read right after CLIENT CACHING NO
 * @param noLoop whether not to hear of the client's own changes
 * @param prefixes the prefixes to begin to broadcast for
 */
public record TrackingMode(
    long redirect,
    boolean broadcast,
    boolean optIn,
    boolean optOut,
    boolean noLoop,
    List<byte[]> prefixes) {}
