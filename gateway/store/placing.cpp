#include "store/placing.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace anju::store {

namespace fs = std::filesystem;

namespace {

constexpr const char* name_file = "quarantine";
constexpr const char* unplaced_file = "unplaced";
/// The store goes last: it is the one that anjud cannot do without.
constexpr std::array databases{"console.db", "anju.db"};

void say(const Step& step, const char* what) {
    if (step) step(what);
}

bool is_there(const fs::path& database) {
    return fs::exists(database) || fs::exists(wal_of(database)) || fs::exists(shm_of(database));
}

void write_synced(const fs::path& file, const std::string& text) {
    const int descriptor =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    const bool done =
        descriptor >= 0 &&
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(descriptor) == 0;
    const int reason = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (!done) {
        throw fs::filesystem_error("cannot write", file,
                                   std::error_code(reason, std::generic_category()));
    }
}

/// The name of the quarantine, where something had to be placed.
std::string place_what_is_left(const Files& files, const Step& step) {
    std::string name;
    std::ifstream(files.placing() / name_file) >> name;
    name = fs::path(name).filename().string();  // within the quarantine, whoever wrote it
    // Only when somebody has altered the folder. The newest there is: the oldest go by themselves.
    if (name.empty()) name = quarantine_name(files, Instant{});
    for (const char* const database : databases) {
        const fs::path from = files.placing() / database;
        if (!fs::exists(from)) continue;
        const fs::path to = files.folder / database;
        // A log without its database is one that an interrupted run has left.
        if (is_there(to)) quarantine(files, to, name, step);
        // What is restored says itself which key it is sealed with.
        if (fs::exists(files.seal_mark())) {
            say(step, "forget the mark of sealing");
            fs::remove(files.seal_mark());
        }
        say(step, "place");
        fs::rename(from, to);
        sync_folder(files.placing());
        sync_folder(files.folder);
    }
    say(step, "clear up");
    fs::remove_all(files.placing());
    sync_folder(files.folder);
    return name;
}

}  // namespace

Placing look_at_placing(const Files& files) {
    std::error_code none;
    if (!fs::exists(files.placing(), none)) return Placing::none;
    const bool unplaced = fs::exists(files.placing() / unplaced_file, none) || none;
    return unplaced ? Placing::unplaced : Placing::begun;
}

Error unfinished_restore(const Files& files) {
    if (look_at_placing(files) == Placing::begun) {
        return {"a restore was interrupted while it placed the stores", files.placing().string(),
                "start anjud, which finishes it"};
    }
    return {
        "a restore was interrupted before key and configuration were in place; the stores are "
        "as they were",
        files.placing().string(),
        "run it again: anjuctl backup restore --replace FILE. To give it up and go on with the "
        "box as it was, put back what is called .old beside the configuration and remove this "
        "folder"};
}

void begin_placing(const Files& files, const fs::path& ready, const std::string& name,
                   const Step& step) {
    say(step, "mark what is ready");
    write_synced(ready / name_file, name + "\n");
    write_synced(ready / unplaced_file, "");
    sync_folder(ready);
    say(step, "begin");
    if (fs::exists(files.placing())) {
        // In one step: without either, a configuration that is half in place would be started.
        if (::renameat2(AT_FDCWD, ready.c_str(), AT_FDCWD, files.placing().c_str(),
                        RENAME_EXCHANGE) != 0) {
            throw fs::filesystem_error("cannot exchange", files.placing(),
                                       std::error_code(errno, std::generic_category()));
        }
    } else {
        fs::rename(ready, files.placing());
    }
    sync_folder(ready.parent_path());
    sync_folder(files.folder);
}

void give_up_placing(const Files& files, const fs::path& into, const Step& step) {
    say(step, "give up what was ready");
    // In one step: without its mark alone, whoever starts would place it.
    fs::rename(files.placing(), into);
    sync_folder(files.folder);
}

void configuration_is_placed(const Files& files, const Step& step) {
    say(step, "the stores may follow");
    fs::remove(files.placing() / unplaced_file);
    sync_folder(files.placing());
}

result<std::optional<std::string>> finish_placing(const Files& files, const Step& step) {
    const Placing now = look_at_placing(files);
    if (now == Placing::none) return std::optional<std::string>{};
    if (now == Placing::unplaced) return unfinished_restore(files);
    try {
        const std::string name = place_what_is_left(files, step);
        return std::optional<std::string>{
            "a restore that was interrupted was completed; what was "
            "there is in " +
            (files.quarantine() / name).string()};
    } catch (const fs::filesystem_error& error) {
        return Error{"cannot place what was restored: " + error.code().message(),
                     error.path1().string(),
                     "check that this user may write in the folder, and the disk; then again"};
    }
}

result<std::optional<std::string>> finish_placing(const Files& files, Ballast& ballast) {
    auto placed = finish_placing(files);
    if (placed || !ballast.present()) return placed;
    ballast.give_up();  // it may have been for want of room
    return finish_placing(files);
}

}  // namespace anju::store
