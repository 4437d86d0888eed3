package dev.redistill.commands;

import dev.redistill.command.Command;
import java.util.List;

/** All groups of commands, one line each. */
public final class CommandGroups {

  private CommandGroups() {}

  public static List<List<Command>> all() {
    return List.of(
        HashCommands.TABLE,
        HashScanCommands.TABLE,
        HashExpiryCommands.TABLE,
        HashFieldCommands.TABLE,
        SetCommands.TABLE,
        SetAlgebraCommands.TABLE,
        SetScanCommands.TABLE,
        StringCommands.TABLE,
        StringRangeCommands.TABLE,
        StringBatchCommands.TABLE,
        CounterCommands.TABLE,
        LcsCommand.TABLE,
        BitmapCommands.TABLE,
        BitopCommand.TABLE,
        BitFieldCommands.TABLE,
        GenericCommands.TABLE,
        WaitCommands.TABLE,
        ExpiryCommands.TABLE,
        ObjectCommands.TABLE,
        ScanCommands.TABLE,
        KeyspaceCommands.TABLE,
        TransactionCommands.TABLE,
        ConnectionCommands.TABLE,
        AclCommands.TABLE,
        ClientCommands.TABLE,
        CommandCommands.TABLE,
        ConfigCommands.TABLE,
        HotKeysCommands.TABLE,
        InfoCommand.TABLE,
        LatencyCommands.TABLE,
        MemoryCommands.TABLE,
        PubSubCommands.TABLE,
        ServerCommands.TABLE,
        LogCommands.TABLE,
        SnapshotCommands.TABLE,
        SyncCommands.TABLE);
  }
}
