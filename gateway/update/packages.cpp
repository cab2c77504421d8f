#include "update/packages.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <strings.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <map>
#include <system_error>
#include <utility>

#include "provision/tree.hpp"
#include "update/command.hpp"

namespace anju::update {
namespace {

namespace fs = std::filesystem;

constexpr std::array names{"anju-gateway", "anju-common", "anju-tools"};
constexpr std::string_view formats_field = "Anju-Store-Formats";
constexpr std::uint64_t spare_room = 64'000'000;  // for the gateway itself, which goes on writing

std::vector<std::string> split(const std::string& text, std::string_view by) {
    std::vector<std::string> out;
    std::size_t from = 0;
    while (from < text.size()) {
        const std::size_t to = std::min(text.find(by, from), text.size());
        if (to > from) out.push_back(text.substr(from, to - from));
        from = to + by.size();
    }
    return out;
}

bool newer(const std::string& one, const std::string& than) {
    const auto ran = run_command({"dpkg", "--compare-versions", one, "gt", than});
    return ran && ran->status == 0;
}

/// Letters, digits and . + ~ : - only, as Debian's policy has it: it becomes the name of a folder.
bool good_version(std::string_view version) {
    return !version.empty() && version.front() >= '0' && version.front() <= '9' &&
           std::ranges::all_of(version, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '+' || c == '~' || c == ':' || c == '-';
           });
}

template <class Number>
Number number_of(const std::string& text, Number otherwise) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : otherwise;
}

/// Fetching is done by apt's own user, who has no rights but in the folder that it fetches to.
void give_to(const fs::path& path, const char* user) {
    const passwd* const entry = ::getpwnam(user);
    if (entry == nullptr || ::chown(path.c_str(), entry->pw_uid, entry->pw_gid) != 0) {
        // apt says itself that it fetches as root then.
    }
}

std::vector<std::string> files_of(const fs::path& folder) {
    std::vector<std::string> out;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        if (entry.path().extension() == ".deb") {
            out.push_back("./" + entry.path().filename().string());
        }
    }
    std::ranges::sort(out);
    return out;
}

}  // namespace

std::vector<std::string> apt(const char* program, const fs::path& source) {
    return {program, "-q",
            "-o",    "Dir::Etc::SourceList=" + source.string(),
            "-o",    "Dir::Etc::SourceParts=-",
            "-o",    "Dir::Cache::pkgcache=",
            "-o",    "Dir::Cache::srcpkgcache="};
}

std::vector<std::string> with(std::vector<std::string> argv, std::vector<std::string> more) {
    std::ranges::move(more, std::back_inserter(argv));
    return argv;
}

void sync_path(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

std::string field_of(const std::string& paragraph, const std::string& field) {
    for (std::size_t from = 0; from < paragraph.size();) {
        const std::size_t to = std::min(paragraph.find('\n', from), paragraph.size());
        const std::size_t colon = paragraph.find(':', from);
        if (colon < to && colon - from == field.size() &&
            ::strncasecmp(paragraph.data() + from, field.data(), field.size()) == 0) {
            const std::string value = paragraph.substr(colon + 1, to - colon - 1);
            const std::size_t first = value.find_first_not_of(" \t");
            if (first == std::string::npos) return "";
            return value.substr(first, value.find_last_not_of(" \t\r") - first + 1);
        }
        from = to + 1;
    }
    return "";
}

result<Installed> installed_now() {
    std::vector<std::string> argv{
        "dpkg-query", "-W", "-f",
        "Package: ${Package}\nVersion: ${Version}\nState: ${db:Status-Abbrev}\n"
        "Anju-Store-Formats: ${Anju-Store-Formats}\n\n"};
    argv.insert(argv.end(), names.begin(), names.end());
    const auto ran = run_command(argv);
    if (!ran) return ran.error();
    Installed out;
    bool whole = true;
    for (const std::string& paragraph : split(ran->output, "\n\n")) {
        const std::string state = field_of(paragraph, "State");
        const std::string version = field_of(paragraph, "Version");
        if (version.empty() || state.starts_with("un") || state.starts_with("rc")) continue;
        out.packages.push_back(field_of(paragraph, "Package"));
        whole = whole && state == "ii" && (out.version.empty() || out.version == version);
        out.version = version;
        if (out.packages.back() == names[0]) {
            out.formats = field_of(paragraph, std::string(formats_field));
        }
    }
    const auto has = [&](const char* name) {
        return std::ranges::find(out.packages, name) != out.packages.end();
    };
    if (!whole || !has(names[0]) || !has(names[1])) out.version.clear();
    return out;
}

result<void> packages_hold(const fs::path& folder) {
    std::error_code none;
    if (!fs::exists(folder / "SHA256SUMS", none)) {
        return Error{"there are no packages of it", folder.string(), ""};
    }
    const auto checked =
        hear({"sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"}, folder);
    if (!checked) return checked.error();
    return {};
}

result<void> put_packages(const fs::path& folder, bool back) {
    if (const auto good = packages_hold(folder); !good) return good;
    // What a power cut left half configured would make apt refuse; if it cannot be mended, the
    // packages that are put over it may.
    static_cast<void>(run_command({"dpkg", "--force-confold", "--configure", "-a"}));
    const std::vector<std::string> files = files_of(folder);
    const auto installed =
        hear(with({"apt-get", "-q", "-y", "--no-install-recommends", "--no-remove",
                   "--allow-downgrades", "--reinstall", "-o", "Dpkg::Options::=--force-confold",
                   "-o", "DPkg::Lock::Timeout=600", "install"},
                  files),
             folder);
    if (installed) return {};
    if (!back) return installed.error();
    // Whatever apt does not like: the libraries were good for this version an hour ago.
    const auto forced =
        hear(with({"dpkg", "--force-confold", "--force-downgrade", "--install"}, files), folder);
    if (!forced) return forced.error();
    return {};
}

result<std::vector<Offer>> offers_beyond(const fs::path& source, const Installed& installed,
                                         const std::string& gateway_id) {
    auto argv = with(apt("apt-cache", source), {"show"});
    argv.insert(argv.end(), names.begin(), names.end());
    const auto said = run_command(argv);
    if (!said) return said.error();
    std::map<std::string, Offer> found;
    for (const std::string& paragraph : split(said->output, "\n\n")) {
        const std::string version = field_of(paragraph, "Version");
        // What is only installed has no file to fetch.
        if (field_of(paragraph, "Filename").empty() || !good_version(version)) continue;
        Offer& offer = found[version];
        offer.bytes += 2 * number_of<std::uint64_t>(field_of(paragraph, "Size"), 0) +
                       1024 * number_of<std::uint64_t>(field_of(paragraph, "Installed-Size"), 0);
        if (field_of(paragraph, "Package") != names[0]) continue;
        offer.version = version;
        // Absent: for all. What cannot be read is for nobody.
        const auto phased = field_of(paragraph, "Phased-Update-Percentage");
        offer.percentage = phased.empty() ? 100 : number_of(phased, 0);
        offer.draw = draw(gateway_id, version);
        offer.way_back =
            way_back(installed.formats, field_of(paragraph, std::string(formats_field)));
    }
    std::vector<Offer> out;
    for (auto& [version, offer] : found) {
        if (offer.version.empty() || !newer(version, installed.version)) continue;
        offer.bytes += spare_room;
        const auto place = std::ranges::find_if(
            out, [&](const Offer& other) { return newer(version, other.version); });
        out.insert(place, std::move(offer));
    }
    return out;
}

result<void> keep_packages(const fs::path& source, const fs::path& folder,
                           const std::string& version, const std::vector<std::string>& packages) {
    if (!good_version(version)) return Error{"is no version of Debian", version, ""};
    if (packages_hold(folder) && files_of(folder).size() == packages.size()) return {};
    const fs::path made = fs::path(folder) += ".new";
    std::error_code failed;
    fs::remove_all(made, failed);
    fs::create_directories(made, failed);
    if (failed) {
        return Error{"cannot make the folder: " + failed.message(), made.string(),
                     "look at the disk"};
    }
    give_to(made, "_apt");
    auto argv = with(apt("apt-get", source), {"download"});
    for (const std::string& package : packages) argv.push_back(package + "=" + version);
    if (const auto fetched = hear(argv, made); !fetched) {
        Error error = fetched.error();
        error.where = version;
        error.remedy =
            "the source has to hold this version as well: without it there is no way back";
        return error;
    }
    give_to(made, "root");
    std::vector<std::string> files = files_of(made);
    if (files.size() != packages.size()) {
        return Error{"not every package of it was fetched", version, "try again"};
    }
    for (const std::string& file : files) give_to(made / file, "root");
    const auto sums = hear(with({"sha256sum"}, files), made);
    if (!sums) return sums.error();
    if (auto kept = provision::Tree(made).write("/SHA256SUMS", *sums, {.mode = 0644}); !kept) {
        return kept;
    }
    for (const std::string& file : files) sync_path(made / file);
    sync_path(made);
    fs::remove_all(folder, failed);
    fs::rename(made, folder, failed);
    if (failed) return Error{"cannot keep the packages: " + failed.message(), folder.string(), ""};
    sync_path(folder.parent_path());
    return {};
}

result<std::string> formats_in(const fs::path& folder) {
    for (const std::string& file : files_of(folder)) {
        const auto control = hear({"dpkg-deb", "--field", file}, folder);
        if (!control) return control.error();
        if (field_of(*control, "Package") == names[0]) {
            return result<std::string>{boost::system::in_place_value,
                                       field_of(*control, std::string(formats_field))};
        }
    }
    return Error{"there are no packages of it", folder.string(), ""};
}

}  // namespace anju::update
