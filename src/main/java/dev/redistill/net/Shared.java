package dev.redistill.net;

import dev.redistill.command.Dispatcher;
import dev.redistill.command.Services;
import dev.redistill.util.OncePerMinute;

/**
 * What all connections share.
 *
 * @param services the parts of the server
 * @param dispatcher runs the commands
 * @param memory what waits on all connections
 * @param handshakes the TLS handshakes under way
 * @param strangers when to tell of those who do not speak the protocol
 */
record Shared(
    Services services,
    Dispatcher dispatcher,
    ClientMemory memory,
    Handshakes handshakes,
    OncePerMinute strangers) {}
