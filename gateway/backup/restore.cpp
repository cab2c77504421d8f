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
#include <utility>

#include "access/hand_over.hpp"
#include "backup/archive.hpp"
#include "backup/manifest.hpp"
#include "backup/work_folder.hpp"
#include "store/files.hpp"
#include "store/hand_over.hpp"
#include "store/lock_file.hpp"
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
        : options_(options), files_(options.places.data_dir), work_(work) {}

    result<Restored> run(const fs::path& file, const SecretKey& key, Instant now,
                         std::uint32_t entropy) {
        if (const auto read = read_all(file, key); !read) return read.error();
        std::shared_ptr<const vault::Keys> keys;
        if (!seal_key_.empty()) {
            auto read = vault::read_keys(seal_key_);
            if (!read) return read.error();
            keys = std::move(*read);
        }
        const auto store = store::hand_over(work_ / "anju.db", now, entropy, keys);
        if (!store) return store.error();
        out_.epoch = store->epoch;
        out_.owed = store->owed;
        if (has_console_) {
            const auto console = access::hand_over(work_ / "console.db");
            if (!console) return console.error();
        }
        // Without a configuration a new board starts nothing: it is put in place last.
        if (const auto placed = place_stores(now); !placed) return placed.error();
        if (!options_.stores_only) {
            if (const auto placed = place_config(); !placed) return placed.error();
        }
        if (const auto placed = place_key(); !placed) return placed.error();
        return std::move(out_);
    }

private:
    result<void> read_all(const fs::path& file, const SecretKey& key) {
        auto in = SealedReader::open(file, key);
        if (!in) return in.error();
        const fs::path manifest = work_ / "manifest";
        const auto place = [&](const Member& member) -> result<std::optional<fs::path>> {
            if (member.name == manifest_name) return std::optional{manifest};
            if (member.name == store_name) return std::optional{work_ / "anju.db"};
            if (member.name == console_name) {
                has_console_ = true;
                return std::optional{work_ / "console.db"};
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
        if (fs::exists(work_ / "anju.db")) return {};
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

    /// Beside a key that is here already, which seals what comes from now on.
    result<void> place_key() {
        if (seal_key_.empty()) return {};
        const bool away = key_of_stores_.name == key_name;
        const fs::path here = options_.places.seal_key.empty() ? options_.places.config / "seal.key"
                                                               : options_.places.seal_key;
        const fs::path to = away ? here : *place_of(key_of_stores_, options_.places);
        if (!fs::exists(to)) {
            Member member = key_of_stores_;
            if (away) member.mode = 0640;
            if (const auto put = put_config(member, seal_key_, to); !put) return put;
            out_.files.push_back(to);
            if (away) {
                out_.notes.push_back("the key of names and addresses, which lay elsewhere, is " +
                                     to.string() + " now: see [store] seal_key_file");
            }
            return {};
        }
        const auto held = vault::read_keys(to);
        const auto wanted = vault::read_keys(seal_key_);
        if (!held || !wanted) return held ? wanted.error() : held.error();
        const auto has = [&](vault::KeyId id) { return (*held)->has(id); };
        if (std::ranges::all_of((*wanted)->ids(), has)) return {};
        const auto both = vault::with_keys_of(to, seal_key_);
        if (!both) return both.error();
        struct stat is{};
        if (::stat(to.c_str(), &is) != 0) return failed("cannot look at", to);
        const fs::path merged = work_ / "seal.key";
        store::create_private(merged);
        std::ofstream(merged) << *both;
        Member member = key_of_stores_;
        member.mode = is.st_mode & 07777U;
        const result<void> put = put_config(member, merged, to);
        fs::remove(merged);
        return put;
    }

    result<void> place_config() {
        for (const auto& [member, from] : config_) {
            // Only place_key() writes it: what was set aside may need the key that is here.
            if (!seal_key_.empty() && member.name == key_of_stores_.name) continue;
            const fs::path to = *place_of(member, options_.places);
            if (fs::exists(to) && !options_.replace) {
                out_.kept.push_back(to);
                continue;
            }
            if (const auto put = put_config(member, from, to); !put) return put;
            out_.files.push_back(to);
        }
        return {};
    }

    result<void> put_config(const Member& member, const fs::path& from, const fs::path& to) {
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
        if (!done || ::rename(part.c_str(), to.c_str()) != 0) return failed("cannot write", to);
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

    result<void> place_stores(Instant now) {
        try {
            const std::string name = store::quarantine_name(files_, now);
            const fs::path console = files_.folder / "console.db";
            // A log without its database is one that an interrupted run has left.
            if (is_there(files_.database())) store::quarantine(files_, name);
            if (has_console_ && is_there(console)) store::quarantine(files_, console, name);
            if (fs::exists(files_.quarantine())) {
                give_to_owner_of(files_.folder, files_.quarantine());
            }
            if (has_console_) put_store(work_ / "console.db", console);
            // What is restored says itself which key it is sealed with.
            fs::remove(files_.seal_mark());
            put_store(work_ / "anju.db", files_.database());
            return {};
        } catch (const fs::filesystem_error& error) {
            return Error{error.what(), files_.folder.string(), "check rights and disk"};
        }
    }

    static bool is_there(const fs::path& database) {
        return fs::exists(database) || fs::exists(store::wal_of(database));
    }
    void put_store(const fs::path& from, const fs::path& to) {
        struct stat folder{};
        if (is_root() && ::stat(files_.folder.c_str(), &folder) == 0) {
            if (::chown(from.c_str(), folder.st_uid, folder.st_gid) != 0)
                missing("owner of stores");
        }
        fs::rename(from, to);
        store::sync_folder(to.parent_path());
    }

    const RestoreOptions& options_;
    store::Files files_;
    const fs::path& work_;
    bool has_console_ = false;
    std::vector<std::pair<Member, fs::path>> config_;
    Member key_of_stores_;
    fs::path seal_key_;  ///< in work_; empty: they lie open
    Restored out_;
};

}  // namespace

result<Restored> restore(const fs::path& file, const SecretKey& key, const RestoreOptions& options,
                         Instant now, std::uint32_t entropy) {
    const store::Files files(options.places.data_dir);
    std::error_code wrong;
    if (fs::create_directories(files.folder, wrong)) ::chmod(files.folder.c_str(), 0750);
    if (wrong) return Error{wrong.message(), files.folder.string(), "check its rights"};
    const auto lock = store::LockFile::acquire(files.lock());
    if (!lock) return lock.error();
    give_to_owner_of(files.folder, files.lock());
    if (store::size_of(files.database()) > 0 && !options.replace) {
        return Error{"this box has a store", files.database().string(),
                     "with --replace it is set aside in the quarantine"};
    }
    const auto work = WorkFolder::make(files.restoring());
    if (!work) return work.error();
    return Restoring(options, work->path()).run(file, key, now, entropy);
}

}  // namespace anju::backup
