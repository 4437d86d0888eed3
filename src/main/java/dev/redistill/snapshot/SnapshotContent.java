package dev.redistill.snapshot;

import dev.redistill.store.Keyspace;
import dev.redistill.store.SavedEntry;
import dev.redistill.store.SnapshotWalk;
import dev.redistill.util.Version;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/** All keys of all databases as one moment has them, as the content of a file. */
final class SnapshotContent implements SnapshotFile.Content {

  private static final Logger LOG = System.getLogger(SnapshotContent.class.getName());

  private final Keyspace keyspace;
  private final SnapshotOptions options;
  private final long now;
  private final SaveProgress progress;
  private long done;

  SnapshotContent(Keyspace keyspace, SnapshotOptions options, long now, SaveProgress progress) {
    this.keyspace = keyspace;
    this.options = options;
    this.now = now;
    this.progress = progress;
  }

  @Override
  public void writeTo(RdbOutput output) throws IOException {
    try (SnapshotWalk walk = SnapshotWalk.begin(keyspace)) {
      progress.total(walk.parts().stream().mapToLong(SnapshotWalk.Part::size).sum());
      RdbWriter writer = new RdbWriter(output, version(walk));
      writer.begin();
      writer.aux("redis-ver", Version.REDIS);
      writer.aux("redis-bits", "64");
      writer.aux("ctime", Long.toString(now / 1000));
      writer.aux("used-mem", Long.toString(keyspace.footprint()));
      writer.aux("aof-base", "0");
      for (SnapshotWalk.Part part : walk.parts()) {
        writer.select(part.number(), part.size(), part.expiring());
        writePart(walk, part, writer);
      }
      writer.end(options.checked());
    }
  }

  private int version(SnapshotWalk walk) {
    if (options.version() == 0) {
      return walk.fieldsExpire() ? RdbFormat.FIELD_EXPIRY_VERSION : RdbFormat.PLAIN_VERSION;
    }
    if (walk.fieldsExpire() && options.version() < RdbFormat.FIELD_EXPIRY_VERSION) {
      LOG.log(
          Level.WARNING,
          "rdb-version {0} cannot keep the expiry of fields of hashes: they stay for ever",
          options.version());
    }
    return options.version();
  }

  private void writePart(SnapshotWalk walk, SnapshotWalk.Part part, RdbWriter writer)
      throws IOException {
    List<SavedEntry> entries = new ArrayList<>();
    boolean more;
    do {
      more = walk.next(part, entries);
      for (SavedEntry entry : entries) {
        if (entry.isLive(now)) {
          write(entry, writer);
        }
        entry.giveBack();
      }
      done += entries.size();
      progress.done(done);
      entries.clear();
      if (progress.isCancelled()) {
        throw new CancelledException();
      }
    } while (more);
  }

  private void write(SavedEntry entry, RdbWriter writer) throws IOException {
    writer.expiry(entry.expireAt());
    int idle = entry.idle((int) (now / 1000));
    switch (options.usage()) {
      case IDLE -> writer.idle(idle);
      case FREQUENCY -> writer.frequency(keyspace.accesses().weight(entry.uses(), idle));
      case NONE -> {}
    }
    writer.entry(entry);
  }

  /** Somebody does not want the snapshot any more. */
  static final class CancelledException extends IOException {

    private static final long serialVersionUID = 1;

    CancelledException() {
      super("cancelled");
    }
  }
}
