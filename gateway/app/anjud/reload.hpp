// SIGHUP: read the configuration again.
#pragma once

#include "config/config.hpp"

namespace anju {

/// Applies what can change under way (the log level) and says what waits for a restart. A file
/// with mistakes changes nothing; the mistakes are logged.
void reload(config::Config& running);

}  // namespace anju
