package dev.redistill.commands;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redistill.auth.Acl;
import dev.redistill.auth.BadRuleException;
import dev.redistill.command.CommandTable;
import dev.redistill.config.BadValueException;
import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** How the access list of a server begins. */
public final class AccessLists {

  private AccessLists() {}

  /**
   * The access list that a configuration describes: the password, the users, the file of users.
   *
   * @throws BadValueException if the users are not understood, or would leave the server open to
   *     other machines
   */
  public static Acl open(Config config, CommandTable commands) throws IOException {
    Acl acl =
        new Acl(
            new AclCatalog(commands),
            () -> config.text(Settings.ACL_PUBSUB_DEFAULT).equals("allchannels"));
    if (!config.text(Settings.REQUIREPASS).isEmpty()) {
      acl.defaultPassword(password(config));
    }
    try {
      acl.configure(config.startNotes().users());
      Optional<Path> file = config.file(Settings.ACLFILE);
      if (file.isPresent()) {
        acl.load(file.get());
      }
    } catch (BadRuleException e) {
      throw new BadValueException("the users cannot be loaded: " + e.text());
    }
    if (!acl.requiresLogin() && !config.exposures().isEmpty()) {
      throw new BadValueException(config.exposures().getFirst());
    }
    config.onChange(Settings.REQUIREPASS, () -> acl.defaultPassword(password(config)));
    return acl;
  }

  private static String password(Config config) {
    return new String(config.text(Settings.REQUIREPASS).getBytes(UTF_8), ISO_8859_1);
  }
}
