#include "backup/archive.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cstring>

namespace anju::backup {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

// The first byte of a chunk.
constexpr char begins = 'F';   // a member: JSON
constexpr char content = 'D';  // of it
constexpr char ends = 'E';

Error failed(const char* what, const fs::path& file) {
    return Error{std::string(what) + ": " + std::strerror(errno), file.string(),
                 "look at the rights and at the disk"};
}

Error foreign(const std::string& why) {
    return Error{"the backup holds " + why, {}, "it was made by a newer version: install that one"};
}

result<void> begin(SealedWriter& out, const Member& member) {
    return out.add(begins + json::serialize(json::object{{"name", member.name},
                                                         {"mode", member.mode},
                                                         {"owner", member.owner},
                                                         {"group", member.group}}));
}

std::string owner_name(uid_t id) {
    const passwd* const found = ::getpwuid(id);
    return found == nullptr ? std::string{} : found->pw_name;
}
std::string group_name(gid_t id) {
    const group* const found = ::getgrgid(id);
    return found == nullptr ? std::string{} : found->gr_name;
}

/// Nothing that leads out of where it is put.
bool is_safe(const std::string& name) {
    const fs::path path(name);
    if (name.empty() || name.size() > 4096 || path.is_absolute() || !path.has_filename())
        return false;
    for (const fs::path& part : path) {
        if (part == "." || part == "..") return false;
    }
    return true;
}

result<Member> member_of(std::string_view text) {
    boost::system::error_code wrong;
    const json::value parsed = json::parse(text, wrong);
    const auto* const said = wrong ? nullptr : parsed.if_object();
    if (said == nullptr) return foreign("a member without a name");
    const auto word = [&](const char* key) {
        const auto* const value = said->if_contains(key);
        return value != nullptr && value->is_string() ? std::string(value->as_string())
                                                      : std::string{};
    };
    Member out{word("name"), 0600, word("owner"), word("group")};
    if (const auto* mode = said->if_contains("mode"); mode != nullptr && mode->is_int64()) {
        out.mode = static_cast<unsigned>(mode->as_int64()) & 07777U;
    }
    if (!is_safe(out.name)) return foreign("a file called '" + out.name + "'");
    return out;
}

/// Where the content of the member at hand goes.
class Target {
public:
    result<void> open(const fs::path& file) {
        path_ = file;
        const int descriptor =
            ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (descriptor < 0) return failed("cannot write", file);
        file_.reset(::fdopen(descriptor, "wb"));
        return {};
    }
    result<void> write(std::string_view bytes) {
        if (!file_) return {};
        if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size()) return {};
        return failed("cannot write", path_);
    }
    result<void> close() {
        if (!file_) return {};
        const bool done = std::fflush(file_.get()) == 0 && ::fsync(::fileno(file_.get())) == 0;
        if (!done) return failed("cannot write", path_);
        file_.reset();
        return {};
    }

private:
    fs::path path_;
    FilePtr file_;
};

}  // namespace

result<void> add_file(SealedWriter& out, const fs::path& file, const std::string& name) {
    const FilePtr in(std::fopen(file.c_str(), "rbe"));
    struct stat status{};
    if (!in || ::fstat(::fileno(in.get()), &status) != 0) return failed("cannot read", file);
    const Member member{name, status.st_mode & 07777U, owner_name(status.st_uid),
                        group_name(status.st_gid)};
    if (const auto begun = begin(out, member); !begun) return begun.error();
    std::string chunk(longest_chunk, content);
    while (const std::size_t got = std::fread(chunk.data() + 1, 1, chunk.size() - 1, in.get())) {
        if (const auto added = out.add(std::string_view(chunk).substr(0, got + 1)); !added) {
            return added.error();
        }
    }
    if (std::ferror(in.get()) != 0) return failed("cannot read", file);
    return out.add(std::string(1, ends));
}

result<void> add_text(SealedWriter& out, const std::string& name, std::string_view text) {
    if (const auto begun = begin(out, {name, 0600, {}, {}}); !begun) return begun.error();
    for (; !text.empty(); text.remove_prefix(std::min(text.size(), longest_chunk - 1))) {
        const auto part = text.substr(0, longest_chunk - 1);
        if (const auto added = out.add(content + std::string(part)); !added) return added.error();
    }
    return out.add(std::string(1, ends));
}

result<std::vector<Member>> extract(SealedReader& in, const Place& place) {
    std::vector<Member> out;
    Target target;
    bool inside = false;
    while (true) {
        auto chunk = in.next();
        if (!chunk) return chunk.error();
        if (!*chunk) break;
        const std::string& said = **chunk;
        const char what = said.empty() ? '\0' : said.front();
        const std::string_view rest =
            said.empty() ? std::string_view{} : std::string_view(said).substr(1);
        if (what == begins && !inside) {
            auto member = member_of(rest);
            if (!member) return member.error();
            auto where = place(*member);
            if (!where) return where.error();
            if (*where) {
                if (const auto opened = target.open(**where); !opened) return opened.error();
            }
            out.push_back(std::move(*member));
            inside = true;
        } else if (what == content && inside) {
            if (const auto written = target.write(rest); !written) return written.error();
        } else if (what == ends && inside) {
            if (const auto closed = target.close(); !closed) return closed.error();
            inside = false;
        } else {
            return foreign("something that is no file");
        }
    }
    if (inside) return foreign("a file without an end");
    return out;
}

}  // namespace anju::backup
