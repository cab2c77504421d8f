#include "backup/backup.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>
#include <type_traits>
#include <utility>

#include "backup/acting_as.hpp"
#include "backup/archive.hpp"
#include "backup/manifest.hpp"
#include "backup/work_folder.hpp"
#include "store/files.hpp"
#include "store/hand_over.hpp"
#include "store/lock_file.hpp"
#include "store/placing.hpp"
#include "vault/key_file.hpp"

namespace anju::backup {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view ending = ".backup";

fs::path folder_of(const Places& places) {
    return store::Files(places.data_dir).backups();
}

fs::path console_of(const Places& places) {
    return places.data_dir / "console.db";
}

/// The stores are copied, and what is sealed is as long as the copies.
result<void> check_room(const Places& places, const fs::path& into) {
    const store::Files files(places.data_dir);
    const std::uint64_t stores =
        store::size_of(files.database()) + store::size_of(console_of(places));
    std::error_code failed;
    const auto disk = fs::space(places.data_dir, failed);
    if (failed) return Error{failed.message(), places.data_dir.string(), "check the folder"};
    const auto target = fs::space(into.parent_path(), failed);
    if (failed) return Error{failed.message(), into.parent_path().string(), "check the folder"};
    const bool same = target.capacity == disk.capacity;
    const std::uint64_t needed = stores * (same ? 2 : 1) + disk.capacity / 10;
    if (disk.available >= needed) return {};
    return Error{fmt::format("a backup needs {} MB of the disk, {} MB are free", needed / 1'000'000,
                             disk.available / 1'000'000),
                 places.data_dir.string(), "free the disk, or lower [store] max_bytes"};
}

/// Adds the files below `folder`, in the order of their names, and to `closed` the folders that
/// cannot be looked into. What is neither file nor folder is not ours.
void files_below(const fs::path& folder, std::vector<fs::path>& out,
                 std::vector<std::string>& closed) {
    std::error_code failed;
    std::vector<fs::path> all;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end;
         at.increment(failed)) {
        all.push_back(at->path());
    }
    if (failed && failed != std::errc::no_such_file_or_directory) closed.push_back(folder.string());
    std::ranges::sort(all);
    for (const fs::path& one : all) {
        const auto status = fs::symlink_status(one, failed);
        if (fs::is_directory(status)) files_below(one, out, closed);
        if (fs::is_regular_file(status)) out.push_back(one);
    }
}

/// What nights left that were interrupted. The lock of the backups is held.
void remove_parts(const fs::path& folder) {
    std::error_code failed;
    std::vector<fs::path> parts;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        if (entry.path().extension() == ".part") parts.push_back(entry.path());
    }
    for (const fs::path& part : parts) fs::remove(part, failed);
}

/// By which name the key goes into the backup; empty: there is none.
std::string key_member(const Places& places) {
    if (places.seal_key.empty()) return {};
    const fs::path inside = places.seal_key.lexically_relative(places.config);
    if (inside.empty() || *inside.begin() == "..") return std::string(key_name);
    return std::string(config_prefix) + inside.generic_string();
}

/// A path that leads into `folder`, as it is written.
bool is_below(const fs::path& folder, const fs::path& path) {
    const fs::path inside = fs::absolute(path).lexically_normal().lexically_relative(
        fs::absolute(folder).lexically_normal());
    return !inside.empty() && *inside.begin() != "..";
}

/// Works as the owner of the data folder, and as root on what does not lie in there.
class Making {
public:
    Making(const Places& places, ActingAs& owner, const fs::path& work)
        : places_(places), owner_(owner), work_(work) {}

    /// `part` is where `owner` may write, or else root's.
    result<Made> run(const PublicKey& reader, const fs::path& part, Manifest about) {
        const store::Files files(places_.data_dir);
        const fs::path store = work_ / "anju.db";
        const auto copied = store::copy_store(files.database(), store);
        if (!copied) return copied.error();
        about.seal_key = key_member(places_);
        if (!about.seal_key.empty()) {
            const ActingAs::Paused as_root(owner_);
            if (const auto keys = vault::read_keys(places_.seal_key); !keys) return keys.error();
        }
        about.epoch = copied->epoch;
        about.engine_time = copied->engine_time;

        auto out = at(part, [&] { return SealedWriter::create(part, reader); });
        if (!out) return out.error();
        if (auto done = add_text(*out, std::string(manifest_name), manifest_text(about)); !done) {
            return done.error();
        }
        if (auto done = add_file(*out, store, std::string(store_name)); !done) return done.error();
        fs::remove(store);
        if (auto done = add_console(*out); !done) return done.error();
        if (auto done = add_configuration(*out, about); !done) return done.error();
        const auto written = out->finish();
        if (!written) return written.error();
        const auto read_back = at(part, [&] { return digest_of(part); });
        if (!read_back) return read_back.error();
        if (*read_back != written->digest) {
            return Error{"the disk does not give back what was written", part.string(),
                         "replace the card or the disk"};
        }
        return Made{part, written->bytes, about, std::move(left_out_)};
    }

    /// What is done at a path: as the owner where it leads into the data folder.
    template <class What>
    std::invoke_result_t<What> at(const fs::path& path, What what) {
        std::optional<ActingAs::Paused> as_root;
        if (!is_below(places_.data_dir, path)) as_root.emplace(owner_);
        return what();
    }

private:
    result<void> add_configuration(SealedWriter& out, const Manifest& about) {
        const ActingAs::Paused as_root(owner_);
        if (about.seal_key == key_name) {
            if (auto done = add_file(out, places_.seal_key, about.seal_key); !done) return done;
        }
        if (auto done = add_folder(out, places_.config, config_prefix); !done) return done;
        return add_folder(out, places_.broker, broker_prefix);
    }

    result<void> add_console(SealedWriter& out) {
        if (store::size_of(console_of(places_)) == 0) return {};
        const fs::path copy = work_ / "console.db";
        if (auto copied = store::copy_database(console_of(places_), copy); !copied) return copied;
        if (auto added = add_file(out, copy, std::string(console_name)); !added) return added;
        fs::remove(copy);
        return {};
    }

    /// A file that cannot be read is named, not fatal: the stores matter more.
    result<void> add_folder(SealedWriter& out, const fs::path& folder, std::string_view prefix) {
        std::vector<fs::path> files;
        files_below(folder, files, left_out_);
        for (const fs::path& file : files) {
            if (file.extension() == ".old") continue;  // set aside by a restore or a set-up
            if (!std::ifstream(file)) {
                left_out_.push_back(file.string());
                continue;
            }
            const std::string name =
                std::string(prefix) + fs::relative(file, folder).generic_string();
            if (auto added = add_file(out, file, name); !added) return added;
        }
        return {};
    }

    const Places& places_;
    ActingAs& owner_;
    const fs::path& work_;
    std::vector<std::string> left_out_;
};

}  // namespace

result<Made> create(const Places& places, const PublicKey& reader, const fs::path& into,
                    const Manifest& about) {
    if (fs::exists(into)) {
        return Error{"a file of that name exists", into.string(), "give another name"};
    }
    if (const store::Files files(places.data_dir);
        store::look_at_placing(files) != store::Placing::none) {
        return store::unfinished_restore(files);
    }
    auto owner = ActingAs::owner_of(places.data_dir);
    if (!owner) return owner.error();
    const fs::path folder = folder_of(places);
    std::error_code failed;
    if (fs::create_directories(folder, failed)) {
        fs::permissions(folder, fs::perms::owner_all, failed);
    }
    const auto lock = store::LockFile::acquire(folder / "lock");
    if (!lock) return lock.error();
    remove_parts(folder);
    {
        const ActingAs::Paused as_root(*owner);
        if (const auto room = check_room(places, into); !room) return room.error();
    }
    const auto work = WorkFolder::make(folder / "work");
    if (!work) return work.error();
    const fs::path part = into.string() + ".part";
    Making making(places, *owner, work->path());
    making.at(into, [&] { return fs::remove(part, failed); });
    auto made = making.run(reader, part, about);
    making.at(into, [&] {
        if (!made) fs::remove(part, failed);
        if (made) fs::rename(part, into, failed);
        if (made && !failed) store::sync_folder(into.parent_path());
    });
    if (!made) return made;
    if (failed) return Error{failed.message(), into.string(), "check the folder's rights"};
    made->file = into;
    return made;
}

fs::path nightly_name(const Places& places, Instant now) {
    return folder_of(places) / fmt::format("anju-{:%Y%m%dT%H%M%SZ}{}",
                                           std::chrono::floor<std::chrono::seconds>(now), ending);
}

std::vector<fs::path> list(const Places& places) {
    std::vector<fs::path> out;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder_of(places), failed)) {
        if (entry.path().extension() == ending) out.push_back(entry.path());
    }
    std::ranges::sort(out, std::greater{});
    return out;
}

std::size_t prune(const Places& places, std::size_t keep) {
    const auto owner = ActingAs::owner_of(places.data_dir);
    if (!owner) return 0;
    const auto all = list(places);
    std::size_t gone = 0;
    for (std::size_t i = keep; i < all.size(); ++i) {
        std::error_code failed;
        gone += fs::remove(all[i], failed) ? 1 : 0;
    }
    return gone;
}

namespace {

/// What of a backup is looked at here; paths in the work folder.
struct Looked {
    Manifest about;
    fs::path store;
    fs::path seal_key;
};

result<Looked> look_into(const fs::path& file, const SecretKey& key, const fs::path& folder,
                         bool with_store) {
    auto in = SealedReader::open(file, key);
    if (!in) return in.error();
    const fs::path manifest = folder / "manifest";
    Looked out{{}, folder / "anju.db", folder / "seal.key"};
    std::optional<result<Manifest>> about;  // it is the first member
    const auto members = extract(*in, [&](const Member& member) -> result<std::optional<fs::path>> {
        if (member.name == manifest_name) return std::optional{manifest};
        if (!about) about = read_manifest(manifest);
        if (with_store && member.name == store_name) return std::optional{out.store};
        if (*about && member.name == (*about)->seal_key) return std::optional{out.seal_key};
        return std::optional<fs::path>{};
    });
    if (!members) return members.error();
    if (!about) about = read_manifest(manifest);
    if (!*about) return about->error();
    out.about = std::move(**about);
    return out;
}

}  // namespace

result<Manifest> verify(const fs::path& file, const SecretKey& key, const fs::path& work) {
    const auto folder = WorkFolder::make(work);
    if (!folder) return folder.error();
    const auto looked = look_into(file, key, folder->path(), true);
    if (!looked) return looked.error();
    std::shared_ptr<const vault::Keys> keys;
    if (!looked->about.seal_key.empty()) {
        auto read = vault::read_keys(looked->seal_key);
        if (!read) return read.error();
        keys = std::move(*read);
    }
    const auto checked = store::check_copy(looked->store, keys);
    if (!checked) return checked.error();
    return looked->about;
}

result<std::string> key_in(const fs::path& file, const SecretKey& key, const fs::path& work) {
    const auto folder = WorkFolder::make(work);
    if (!folder) return folder.error();
    const auto looked = look_into(file, key, folder->path(), false);
    if (!looked) return looked.error();
    if (looked->about.seal_key.empty()) {
        return Error{"the stores in this backup lie open: there is no key in it", file.string(),
                     "use another one"};
    }
    if (const auto read = vault::read_keys(looked->seal_key); !read) return read.error();
    std::ostringstream text;
    text << std::ifstream(looked->seal_key).rdbuf();
    return result<std::string>{boost::system::in_place_value, text.str()};
}

result<std::string> config_in(const fs::path& file, const SecretKey& key, const std::string& name,
                              const fs::path& work) {
    const auto folder = WorkFolder::make(work);
    if (!folder) return folder.error();
    auto in = SealedReader::open(file, key);
    if (!in) return in.error();
    const fs::path text = folder->path() / "config";
    const std::string wanted = std::string(config_prefix) + name;
    const auto members = extract(*in, [&](const Member& member) -> result<std::optional<fs::path>> {
        return member.name == wanted ? std::optional{text} : std::nullopt;
    });
    if (!members) return members.error();
    if (!fs::exists(text)) {
        return Error{"the backup holds no configuration called " + name, file.string(),
                     "name the data folder with --data-dir"};
    }
    std::ostringstream out;
    out << std::ifstream(text).rdbuf();
    return result<std::string>{boost::system::in_place_value, out.str()};
}

}  // namespace anju::backup
