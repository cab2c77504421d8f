// See reload.hpp.
#include "app/anjud/reload.hpp"

#include "app/known_names.hpp"
#include "base/log.hpp"

namespace anju {

void reload(config::Config& running) {
    const auto fresh = config::load(running.source, driver_names());
    if (!fresh) {
        for (const Error& error : fresh.error()) {
            log::error("configuration_refused", {{"error", error.text()}});
        }
        log::warn("configuration_kept", {{"remedy", "correct the file and send SIGHUP again"}});
        return;
    }
    running.log_level = fresh->log_level;
    log::set_level(running.log_level);
    const bool waits = config::masked(*fresh) != config::masked(running);
    log::info("configuration_read", {{"level", running.log_level},
                                     {"other_changes", waits ? "wait for a restart" : "none"}});
}

}  // namespace anju
