// What doctor says of what runs beside the daemon: backups, timers, the home broker.
#pragma once

#include "app/anjuctl/findings.hpp"
#include "config/config.hpp"
#include "provision/certificates.hpp"

namespace anju::ctl {

/// Whether there is a key for backups and how old the newest is. `now`: by the clock of the box.
void examine_backups(const config::Config& config, provision::Time now, Findings& findings);
/// Whether systemd wakes the backup and the renewal. Only for the box itself: elsewhere nobody
/// has installed them.
void examine_timers(Findings& findings);
/// Whether anybody listens where the home broker should. For when the daemon, who knows better,
/// does not answer. Waits two seconds at most.
void examine_broker(const config::Config& config, Findings& findings);

}  // namespace anju::ctl
