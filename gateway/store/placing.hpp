// How restored stores take the place of those that are there, so that the power may go at any
// moment and no start ever begins an empty store in between.
//
// Everything is made ready in one folder on the disk of the stores, flushed, and the folder gets
// its name, restore.ready, by one rename: before it nothing has been touched, after it whoever
// starts carries on. It holds the databases, "quarantine" (the name under which those that are
// there are set aside) and, as long as keys and configuration are not in place yet, "unplaced":
// these are not anjud's to write, so it refuses meanwhile. A database that still lies in the folder
// is still to be placed; that is all that has to be known after a cut.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "store/ballast.hpp"
#include "store/files.hpp"
#include "store/quarantine.hpp"

namespace anju::store {

enum class Placing {
    none,
    unplaced,  ///< key and configuration are not in place yet; the stores are as they were
    begun,     ///< only the stores are left, and can be placed by whoever has the lock
};
[[nodiscard]] Placing look_at_placing(const Files& files);

/// Of a restore that was interrupted; for whoever must not go on before it is finished.
[[nodiscard]] Error unfinished_restore(const Files& files);

/// Makes the folder `ready` the one that is being placed, instead of one that is `unplaced`: what
/// was there is in `ready` afterwards. What is in it must be on the disk. Throws filesystem_error.
void begin_placing(const Files& files, const std::filesystem::path& ready, const std::string& name,
                   const Step& step = {});
/// Of one that is unplaced: the box is what it was. What was made ready is in `into` afterwards,
/// which must not be there and lies on the same disk. Throws filesystem_error.
void give_up_placing(const Files& files, const std::filesystem::path& into, const Step& step = {});
/// Keys and configuration are in place. Throws filesystem_error.
void configuration_is_placed(const Files& files, const Step& step = {});

/// Places what is left of one that is begun; a note of what was done, nullopt when there was
/// nothing to do; an Error for one that is unplaced. Interrupted, it can be called again. The
/// caller holds the lock of the folder and nobody has a database in it open.
[[nodiscard]] result<std::optional<std::string>> finish_placing(const Files& files,
                                                                const Step& step = {});

/// The same, for a start: a disk that is full gives up its ballast for it.
[[nodiscard]] result<std::optional<std::string>> finish_placing(const Files& files,
                                                                Ballast& ballast);

}  // namespace anju::store
