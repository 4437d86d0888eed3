package dev.redistill.command;

import dev.redistill.auth.Acl;
import dev.redistill.config.Config;
import dev.redistill.pubsub.PubSub;
import dev.redistill.snapshot.Snapshots;
import dev.redistill.store.Keyspace;
import dev.redistill.tracking.Tracking;
import dev.redistill.util.Clock;
import java.util.random.RandomGenerator;

/**
 * What commands may use beyond their call: the parts that the server is composed of.
 *
 * @param config the settings
 * @param keyspace all databases
 * @param commands all commands
 * @param sessions all connected clients
 * @param pubSub channels and their subscribers
 * @param statistics counts since the start
 * @param keyFigures what is seen of keys while they are used
 * @param events the keyspace events
 * @param tracking client-side caching
 * @param snapshots how keys are saved
 * @param memory the limit of the memory in use
 * @param pause whether clients have to wait
 * @param blockedClients the clients that wait inside a command
 * @param acl all users
 * @param guard decides what users may do who may not do everything
 * @param clock the time
 * @param chance random numbers, safe for all threads
 * @param lifecycle how the server is stopped
 */
public record Services(
    Config config,
    Keyspace keyspace,
    CommandTable commands,
    Sessions sessions,
    PubSub pubSub,
    Statistics statistics,
    KeyFigures keyFigures,
    Events events,
    Tracking tracking,
    Snapshots snapshots,
    Memory memory,
    Pause pause,
    BlockedClients blockedClients,
    Acl acl,
    Guard guard,
    Clock clock,
    RandomGenerator chance,
    Lifecycle lifecycle) {}
