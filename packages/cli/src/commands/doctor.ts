import { newCommand, withAccountOptions } from "../command/new-command.js";
import type { World } from "../world.js";

export function doctorCommand(world: World) {
  const command = withAccountOptions(
    newCommand("doctor", world.terminal)
      .summary("find out why calls fail")
      .description(
        "Checks in order what a call needs: variables and file, network, clock, login, IP access list, project and role, API version. Says which one is wrong, whose it is, and what to do. It changes nothing.",
      ),
  );
  return command.action(async () => (await import("../doctor/doctor.js")).doctor(world, command.opts()));
}
