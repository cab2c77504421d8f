#include "backup/restore.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <utility>

#include "access/hand_over.hpp"
#include "backup/acting_as.hpp"
#include "backup/archive.hpp"
#include "backup/config_placer.hpp"
#include "backup/failed.hpp"
#include "backup/held_signals.hpp"
#include "backup/manifest.hpp"
#include "backup/work_folder.hpp"
#include "store/files.hpp"
#include "store/hand_over.hpp"
#include "store/lock_file.hpp"
#include "store/placing.hpp"
#include "store/quarantine.hpp"
#include "vault/key_file.hpp"

namespace anju::backup {

namespace fs = std::filesystem;

namespace {

/// Where a member of the configuration belongs; nullopt: it is none.
std::optional<fs::path> place_of(const Member& member, const Places& places) {
    if (member.name.starts_with(config_prefix)) {
        return places.config / member.name.substr(config_prefix.size());
    }
    if (member.name.starts_with(broker_prefix)) {
        return places.broker / member.name.substr(broker_prefix.size());
    }
    return std::nullopt;
}

/// Works as the owner of the data folder, and as root on what does not lie in there.
class Restoring {
public:
    /// `stores`: a folder in the data folder; `config`: root's own, for what is placed as root.
    Restoring(const RestoreOptions& options, ActingAs& owner, const fs::path& stores,
              const fs::path& config)
        : options_(options),
          owner_(owner),
          files_(options.places.data_dir),
          work_(stores),
          ready_(stores / "ready"),
          config_work_(config),
          placer_(options.step) {}

    result<Restored> run(const fs::path& file, const SecretKey& key, Instant now,
                         std::uint32_t entropy) {
        if (const auto read = read_all(file, key); !read) return read.error();
        auto read = keys_of_stores();
        if (!read) return read.error();
        const std::shared_ptr<const vault::Keys> keys = std::move(*read);
        const auto store = store::hand_over(ready_ / "anju.db", now, entropy, keys);
        if (!store) return store.error();
        out_.epoch = store->epoch;
        out_.owed = store->owed;
        if (has_console_) {
            const auto console = access::hand_over(ready_ / "console.db");
            if (!console) return console.error();
        }
        // What may be refused is refused before anything is in place.
        if (const auto merged = merge_keys(); !merged) return merged.error();
        const HeldSignals held;
        if (const auto placed = place_all(now); !placed) {
            take_back();
            return placed.error();
        }
        out_.old = placer_.old();
        out_.notes.insert(out_.notes.end(), placer_.notes().begin(), placer_.notes().end());
        return std::move(out_);
    }

private:
    /// The key first: until it is there nothing can be opened. Then the configuration, and only
    /// when both are on the disk the stores.
    result<void> place_all(Instant now) {
        if (auto ready = make_ready(now); !ready) return ready;
        {
            const ActingAs::Paused as_root(owner_);
            if (auto placed = place_key(); !placed) return placed;
            if (!options_.stores_only) {
                if (auto placed = place_config(); !placed) return placed;
            }
        }
        return place_stores();
    }

    /// As long as the stores may not follow yet. What an earlier run has left half in place is not
    /// known here any more: then the box waits for one that comes to its end.
    void take_back() {
        if (was_unplaced_ || store::look_at_placing(files_) != store::Placing::unplaced) return;
        {
            const ActingAs::Paused as_root(owner_);
            if (!placer_.take_back()) return;
        }
        try {
            store::give_up_placing(files_, work_ / "given-up", options_.step);
        } catch (const fs::filesystem_error&) {
            // It stays unplaced, which whoever looks is told.
        }
    }

    result<std::shared_ptr<const vault::Keys>> keys_of_stores() {
        if (seal_key_.empty()) return std::shared_ptr<const vault::Keys>{};
        const ActingAs::Paused as_root(owner_);
        return vault::read_keys(seal_key_);
    }

    result<void> read_all(const fs::path& file, const SecretKey& key) {
        fs::create_directory(ready_);
        std::optional<ActingAs::Paused> as_root(owner_);
        auto in = SealedReader::open(file, key);
        if (!in) return in.error();
        const fs::path manifest = config_work_ / "manifest";
        // Whoever is in charge when it returns opens the file.
        const auto place = [&](const Member& member) -> result<std::optional<fs::path>> {
            const bool is_console = member.name == console_name;
            as_root.reset();
            if (is_console) has_console_ = true;
            if (is_console) return std::optional{ready_ / "console.db"};
            if (member.name == store_name) return std::optional{ready_ / "anju.db"};
            as_root.emplace(owner_);
            if (member.name == manifest_name) return std::optional{manifest};
            const bool belongs = member.name == key_name || place_of(member, options_.places);
            if (!belongs) return std::optional<fs::path>{};
            const fs::path here = config_work_ / ("config-" + std::to_string(config_.size()));
            config_.emplace_back(member, here);
            return std::optional{here};
        };
        if (const auto members = extract(*in, place); !members) return members.error();
        if (!as_root) as_root.emplace(owner_);
        auto about = read_manifest(manifest);
        if (!about) return about.error();
        out_.manifest = std::move(*about);
        if (const auto found = find_key(); !found) return found;
        as_root.reset();
        if (fs::exists(ready_ / "anju.db")) return {};
        return Error{"the backup holds no store", file.string(), "use another one"};
    }

    /// Which of the members is the key of the stores.
    result<void> find_key() {
        const std::string& name = out_.manifest.seal_key;
        if (name.empty()) return {};
        const auto at = std::ranges::find(
            config_, name, [](const auto& one) -> const std::string& { return one.first.name; });
        if (at == config_.end()) {
            return Error{"the backup lacks the key of its stores", name, "use another one"};
        }
        key_of_stores_ = at->first;
        seal_key_ = at->second;
        if (name == key_name) config_.erase(at);
        return {};
    }

    [[nodiscard]] bool key_was_away() const { return key_of_stores_.name == key_name; }
    [[nodiscard]] fs::path place_of_key() const {
        if (!key_was_away()) return *place_of(key_of_stores_, options_.places);
        return options_.places.seal_key.empty() ? options_.places.config / "seal.key"
                                                : options_.places.seal_key;
    }

    /// Beside a key that is here already, which seals what comes from now on. A file takes so many
    /// keys: more are refused.
    result<void> merge_keys() {
        if (seal_key_.empty()) return {};
        const ActingAs::Paused as_root(owner_);
        const fs::path to = place_of_key();
        if (!fs::exists(to)) return {};
        const auto held = vault::read_keys(to);
        const auto wanted = vault::read_keys(seal_key_);
        if (!held || !wanted) return held ? wanted.error() : held.error();
        const auto has = [&](vault::KeyId id) { return (*held)->has(id); };
        if (std::ranges::all_of((*wanted)->ids(), has)) {
            seal_key_.clear();
            return {};
        }
        const auto both = vault::with_keys_of(to, seal_key_);
        if (!both) return both.error();
        struct stat is{};
        if (::stat(to.c_str(), &is) != 0) return failed("cannot look at", to);
        seal_key_ = config_work_ / "seal.key";
        store::create_private(seal_key_);
        if (!(std::ofstream(seal_key_) << *both).flush()) {
            return failed("cannot write", seal_key_);
        }
        key_of_stores_.mode = is.st_mode & 07777U;
        return {};
    }

    result<void> place_key() {
        if (seal_key_.empty()) return {};
        const fs::path to = place_of_key();
        const bool fresh = !fs::exists(to);
        Member member = key_of_stores_;
        if (fresh && key_was_away()) member.mode = 0640;
        if (auto put = placer_.put(member, seal_key_, to, ConfigPlacer::There::in_it); !put) {
            return put;
        }
        if (!fresh) return {};
        out_.files.push_back(to);
        if (key_was_away()) {
            out_.notes.push_back("the key of names and addresses, which lay elsewhere, is " +
                                 to.string() + " now: see [store] seal_key_file");
        }
        return {};
    }

    result<void> place_config() {
        // anju.toml last: a new board starts nothing without it.
        std::ranges::stable_partition(config_, [](const auto& one) {
            return one.first.name != std::string(config_prefix) + "anju.toml";
        });
        for (const auto& [member, from] : config_) {
            // Only place_key() writes it: what was set aside may need the key that is here.
            if (!out_.manifest.seal_key.empty() && member.name == key_of_stores_.name) continue;
            const fs::path to = *place_of(member, options_.places);
            if (fs::exists(to) && (!options_.replace || same(from, to))) {
                out_.kept.push_back(to);
                continue;
            }
            if (auto put = placer_.put(member, from, to, ConfigPlacer::There::kept_as_old); !put) {
                return put;
            }
            out_.files.push_back(to);
        }
        return {};
    }

    static bool same(const fs::path& one, const fs::path& other) {
        const auto bytes = [](const fs::path& file) {
            std::ostringstream out;
            out << std::ifstream(file, std::ios::binary).rdbuf();
            return out.str();
        };
        return store::size_of(one) == store::size_of(other) && bytes(one) == bytes(other);
    }

    result<void> make_ready(Instant now) {
        try {
            was_unplaced_ = store::look_at_placing(files_) == store::Placing::unplaced;
            const std::string name = store::quarantine_name(files_, now);
            store::begin_placing(files_, ready_, name, options_.step);
            if (fs::exists(files_.database()) || fs::exists(files_.folder / "console.db")) {
                fs::create_directories(files_.quarantine() / name);
            }
            return {};
        } catch (const fs::filesystem_error& error) {
            return Error{error.what(), files_.folder.string(),
                         "check rights and disk; of a restore that was interrupted before, delete "
                         "restore.ready in here"};
        }
    }

    result<void> place_stores() {
        try {
            store::configuration_is_placed(files_, options_.step);
        } catch (const fs::filesystem_error& error) {
            return Error{error.what(), files_.folder.string(), "check rights and disk"};
        }
        const auto placed = store::finish_placing(files_, options_.step);
        if (!placed) return placed.error();
        return {};
    }

    const RestoreOptions& options_;
    ActingAs& owner_;
    store::Files files_;
    const fs::path& work_;
    fs::path ready_;  ///< in work_: the stores, on their way into place
    const fs::path& config_work_;
    ConfigPlacer placer_;
    bool was_unplaced_ = false;  ///< by an earlier run
    bool has_console_ = false;
    std::vector<std::pair<Member, fs::path>> config_;
    Member key_of_stores_;
    fs::path seal_key_;  ///< in config_work_; empty: they lie open, or it is here already
    Restored out_;
};

Error cannot_put(const fs::path& folder, const std::string& why) {
    return {"cannot put the stores here: " + why, folder.string(),
            "mount its disk or mend its rights; --data-dir names another folder, which anju.toml "
            "has to name as well"};
}

/// The folder of the stores is there.
result<void> make_folder(const fs::path& folder) {
    std::error_code wrong;
    if (fs::create_directories(folder, wrong)) ::chmod(folder.c_str(), 0750);
    if (wrong) return cannot_put(folder, wrong.message());
    return {};
}

/// As its owner: it can be written to, and nothing in it leads elsewhere.
result<void> check_folder(const fs::path& folder) {
    if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
        return cannot_put(folder, std::strerror(errno));
    }
    std::error_code wrong;
    const store::Files files(folder);
    for (const fs::path& one : {files.lock(), files.database(), files.quarantine(), files.backups(),
                                files.placing(), files.restoring()}) {
        if (fs::is_symlink(one, wrong)) {
            return Error{"is a symbolic link", one.string(),
                         "nothing was restored; look at who made it, and remove it"};
        }
    }
    return {};
}

}  // namespace

result<Restored> restore(const fs::path& file, const SecretKey& key, const RestoreOptions& options,
                         Instant now, std::uint32_t entropy) {
    const store::Files files(options.places.data_dir);
    if (const auto made = make_folder(files.folder); !made) return made.error();
    // Not in the data folder, where it could be exchanged for something else on its way.
    const auto config = WorkFolder::make(fs::temp_directory_path() /
                                         ("anju-restore-" + std::to_string(::getpid())));
    if (!config) return config.error();
    auto owner = ActingAs::owner_of(files.folder);
    if (!owner) return owner.error();
    if (const auto usable = check_folder(files.folder); !usable) return usable.error();
    const auto lock = store::LockFile::acquire(files.lock());
    if (!lock) return lock.error();
    // What only has to be placed becomes what is here: it may be all there is of the box.
    if (store::look_at_placing(files) == store::Placing::begun) {
        if (const auto done = store::finish_placing(files); !done) return done.error();
    }
    if (store::size_of(files.database()) > 0 && !options.replace) {
        return Error{"this box has a store", files.database().string(),
                     "with --replace it is set aside in the quarantine"};
    }
    const auto work = WorkFolder::make(files.restoring());
    if (!work) return work.error();
    return Restoring(options, *owner, work->path(), config->path()).run(file, key, now, entropy);
}

}  // namespace anju::backup
