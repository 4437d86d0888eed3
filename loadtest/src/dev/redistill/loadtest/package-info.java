/**
 * The load generator: it drives a Redis-compatible server over the network, checks every reply, and
 * measures throughput, latency, CPU, memory and system calls of the server beside those of Redis.
 */
@NullMarked
package dev.redistill.loadtest;

import org.jspecify.annotations.NullMarked;
