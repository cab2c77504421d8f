#include "backup/restore.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
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
#include "backup/archive.hpp"
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

Error failed(const char* what, const fs::path& file) {
    return Error{std::string(what) + ": " + std::strerror(errno), file.string(),
                 "check rights and disk; run as root on a box"};
}

bool is_root() {
    return ::geteuid() == 0;
}

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

class Restoring {
public:
    Restoring(const RestoreOptions& options, const fs::path& work)
        : options_(options), files_(options.places.data_dir), work_(work), ready_(work / "ready") {}

    result<Restored> run(const fs::path& file, const SecretKey& key, Instant now,
                         std::uint32_t entropy) {
        if (const auto read = read_all(file, key); !read) return read.error();
        std::shared_ptr<const vault::Keys> keys;
        if (!seal_key_.empty()) {
            auto read = vault::read_keys(seal_key_);
            if (!read) return read.error();
            keys = std::move(*read);
        }
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
        if (const auto ready = make_ready(now); !ready) return ready.error();
        // The key first: until it is there nothing can be opened. Then the configuration, and only
        // when both are on the disk the stores.
        if (const auto placed = place_key(); !placed) return unfinished(placed.error());
        if (!options_.stores_only) {
            if (const auto placed = place_config(); !placed) return unfinished(placed.error());
        }
        if (const auto placed = place_stores(); !placed) return unfinished(placed.error());
        return std::move(out_);
    }

private:
    /// What went wrong, and that anjud does not start until it is settled.
    Error unfinished(Error error) const {
        if (store::look_at_placing(files_) != store::Placing::none) {
            error.remedy += "; then " + store::unfinished_restore(files_).remedy;
        }
        return error;
    }

    result<void> read_all(const fs::path& file, const SecretKey& key) {
        auto in = SealedReader::open(file, key);
        if (!in) return in.error();
        const fs::path manifest = work_ / "manifest";
        fs::create_directory(ready_);
        const auto place = [&](const Member& member) -> result<std::optional<fs::path>> {
            if (member.name == manifest_name) return std::optional{manifest};
            if (member.name == store_name) return std::optional{ready_ / "anju.db"};
            if (member.name == console_name) {
                has_console_ = true;
                return std::optional{ready_ / "console.db"};
            }
            const bool belongs = member.name == key_name || place_of(member, options_.places);
            if (!belongs) return std::optional<fs::path>{};
            const fs::path here = work_ / ("config-" + std::to_string(config_.size()));
            config_.emplace_back(member, here);
            return std::optional{here};
        };
        if (const auto members = extract(*in, place); !members) return members.error();
        auto about = read_manifest(manifest);
        if (!about) return about.error();
        out_.manifest = std::move(*about);
        if (const auto found = find_key(); !found) return found;
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
        seal_key_ = work_ / "seal.key";
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
        // All that was in it stays in it.
        if (const auto put = put_config(member, seal_key_, to, false); !put) return put;
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
            if (const auto put = put_config(member, from, to, true); !put) return put;
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

    /// What is there gets a second name first, with its mode and owners: at no moment there is
    /// neither.
    result<void> keep_old(const fs::path& file) {
        const fs::path old = file.string() + ".old";
        if (::unlink(old.c_str()) != 0 && errno != ENOENT) return failed("cannot replace", old);
        step("keep what was there");
        if (::link(file.c_str(), old.c_str()) != 0) return failed("cannot keep", file);
        out_.old.push_back(old);
        return {};
    }

    result<void> put_config(const Member& member, const fs::path& from, const fs::path& to,
                            bool keep) {
        std::error_code wrong;
        if (fs::create_directories(to.parent_path(), wrong)) {
            // Secrets are in there; the owners of the files can pass.
            ::chmod(to.parent_path().c_str(), 0750);
            own(to.parent_path(), {}, member.group);
        }
        const fs::path part = to.string() + ".part";
        fs::copy_file(from, part, fs::copy_options::overwrite_existing, wrong);
        const int file = wrong ? -1 : ::open(part.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) return failed("cannot write", to);
        own(part, member.owner, member.group);
        const bool done = ::fchmod(file, member.mode) == 0 && ::fsync(file) == 0;
        ::close(file);
        if (!done) return failed("cannot write", to);
        if (keep && fs::exists(to)) {
            if (const auto kept = keep_old(to); !kept) return kept;
        }
        step("place configuration");
        if (::rename(part.c_str(), to.c_str()) != 0) return failed("cannot write", to);
        store::sync_folder(to.parent_path());
        return {};
    }

    /// Names that do not exist here are noted once; empty ones are left as they are.
    void own(const fs::path& file, const std::string& owner, const std::string& group) {
        if (!is_root()) return;
        const passwd* const user = owner.empty() ? nullptr : ::getpwnam(owner.c_str());
        const ::group* const grp = group.empty() ? nullptr : ::getgrnam(group.c_str());
        if (!owner.empty() && user == nullptr) missing("user " + owner);
        if (!group.empty() && grp == nullptr) missing("group " + group);
        const uid_t uid = user == nullptr ? static_cast<uid_t>(-1) : user->pw_uid;
        const gid_t gid = grp == nullptr ? static_cast<gid_t>(-1) : grp->gr_gid;
        if (::chown(file.c_str(), uid, gid) != 0) missing("the right to give " + file.string());
    }
    void missing(const std::string& what) {
        const std::string note = "there is no " + what + " here";
        if (std::ranges::find(out_.notes, note) == out_.notes.end()) out_.notes.push_back(note);
    }

    /// The stores belong to whom data_dir belongs to: anjud may have to finish it.
    result<void> make_ready(Instant now) {
        try {
            const std::string name = store::quarantine_name(files_, now);
            store::begin_placing(files_, ready_, name, options_.step);
            give_to_owner_of(files_.folder, files_.placing());
            if (fs::exists(files_.database()) || fs::exists(files_.folder / "console.db")) {
                fs::create_directories(files_.quarantine() / name);
                give_to_owner_of(files_.folder, files_.quarantine());
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
        if (fs::exists(files_.quarantine())) give_to_owner_of(files_.folder, files_.quarantine());
        return {};
    }

    void step(const char* what) const {
        if (options_.step) options_.step(what);
    }

    const RestoreOptions& options_;
    store::Files files_;
    const fs::path& work_;
    fs::path ready_;  ///< in work_: the stores, on their way into place
    bool has_console_ = false;
    std::vector<std::pair<Member, fs::path>> config_;
    Member key_of_stores_;
    fs::path seal_key_;  ///< in work_; empty: they lie open, or it is here already
    Restored out_;
};

/// The folder of the stores is there and can be written to.
result<void> prepare(const fs::path& folder) {
    const auto refuse = [&](const std::string& why) {
        return Error{"cannot put the stores here: " + why, folder.string(),
                     "mount its disk or mend its rights; --data-dir names another folder, which "
                     "anju.toml has to name as well"};
    };
    std::error_code wrong;
    if (fs::create_directories(folder, wrong)) ::chmod(folder.c_str(), 0750);
    if (wrong) return refuse(wrong.message());
    if (::access(folder.c_str(), W_OK | X_OK) != 0) return refuse(std::strerror(errno));
    // Root works in a folder of the service's: what leads out of it is not followed.
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
    if (const auto usable = prepare(files.folder); !usable) return usable.error();
    const auto lock = store::LockFile::acquire(files.lock());
    if (!lock) return lock.error();
    give_to_owner_of(files.folder, files.lock());
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
    return Restoring(options, work->path()).run(file, key, now, entropy);
}

}  // namespace anju::backup
