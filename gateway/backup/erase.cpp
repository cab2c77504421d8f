#include "backup/erase.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "backup/acting_as.hpp"
#include "backup/erase_folder.hpp"
#include "store/files.hpp"
#include "store/lock_file.hpp"

namespace anju::backup {

namespace fs = std::filesystem;

namespace {

/// Whether a mosquitto runs that was started with `config`. One of somebody else is none of ours.
bool broker_runs(const fs::path& config) {
    std::error_code none;
    for (const auto& process : fs::directory_iterator("/proc", none)) {
        std::ifstream file(process.path() / "cmdline", std::ios::binary);
        std::string program;
        if (!std::getline(file, program, '\0') || fs::path(program).filename() != "mosquitto") {
            continue;
        }
        for (std::string word; std::getline(file, word, '\0');) {
            if (word == config.string()) return true;
        }
    }
    return false;
}

/// One file, if it is there.
result<std::size_t> erase_file(const fs::path& file, const char* remedy) {
    std::error_code none;
    if (file.empty() || !fs::exists(fs::symlink_status(file, none))) return std::size_t{0};
    const int open = ::open(file.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    const bool done = open >= 0 && overwrite(open);
    const int reason = errno;
    if (open >= 0) ::close(open);
    if (!done) {
        return Error{std::string("cannot erase: ") + std::strerror(reason), file.string(), remedy};
    }
    fs::remove(file, none);
    if (none) return Error{none.message(), file.string(), remedy};
    store::sync_folder(file.parent_path());
    return std::size_t{1};
}

/// As the owner: the lock stays, and whoever starts next has to open it.
result<store::LockFile> lock_of(const store::Files& files) {
    const auto owner = ActingAs::owner_of(files.folder);
    if (!owner) return owner.error();
    return store::LockFile::acquire(files.lock());
}

result<std::size_t> erase_outside(const Outside& outside) {
    std::size_t all = 0;
    std::error_code none;
    // Without our listeners the database is somebody else's. They go last, as what says so.
    const bool ours = fs::exists(outside.broker_listeners, none);
    for (const fs::path& file :
         {ours ? outside.broker_database : fs::path{},
          ours ? fs::path(outside.broker_database.string() + ".new") : fs::path{},
          outside.broker_listeners}) {
        const auto erased = erase_file(file, "run as root, and once more");
        if (!erased) return erased;
        all += *erased;
    }
    for (const fs::path& folder : {outside.cache, outside.updates}) {
        const auto erased = erase_folder(folder);
        if (!erased) return erased;
        all += *erased;
    }
    return all;
}

}  // namespace

Outside outside_below(const fs::path& root) {
    return {root / "etc/mosquitto/mosquitto.conf", root / "etc/mosquitto/conf.d/anju.conf",
            root / "var/lib/mosquitto/mosquitto.db", root / "var/cache/anju",
            root / "var/lib/anju-update"};
}

result<std::size_t> erase_box(const Places& places, const Outside& outside) {
    for (const fs::path& folder : {places.config, places.broker, places.data_dir}) {
        if (folder.filename() == "anju") continue;
        return Error{"may hold what is not Anju's", folder.string(),
                     "folders called anju are erased; empty another one by hand"};
    }
    const store::Files files(places.data_dir);
    if (!fs::exists(files.folder)) {
        return Error{"no data folder", files.folder.string(), "check --data-dir"};
    }
    const auto lock = lock_of(files);
    if (!lock) return lock.error();
    if (broker_runs(outside.broker_config)) {
        return Error{"the broker runs, and would write down what its sensors left with it",
                     outside.broker_config.string(), "systemctl stop mosquitto"};
    }
    for (const fs::path& folder :
         {places.data_dir, places.broker, places.config, outside.cache, outside.updates}) {
        if (const auto good = nothing_mounted_below(folder); !good) return good.error();
    }
    // Without the key what is sealed is gone, whatever becomes of the rest.
    auto done =
        erase_file(places.seal_key,
                   "run as root; a key that is handed over by the service manager is erased "
                   "where it is kept");
    if (!done) return done;
    std::size_t all = *done;
    done = erase_outside(outside);
    if (!done) return done;
    all += *done;
    // The configuration says which box this is, and where its data lie: it goes last of all.
    for (const fs::path& folder : {places.data_dir, places.broker, places.config}) {
        // The lock is held meanwhile, and holds nothing.
        const auto erased = erase_folder(folder, {"store.lock", "anju.toml"});
        if (!erased) return erased;
        all += *erased;
    }
    const auto last = erase_folder(places.config);
    if (!last) return last;
    return all + *last;
}

}  // namespace anju::backup
