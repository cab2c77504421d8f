#include "update/packages.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <map>
#include <system_error>
#include <utility>

#include "provision/tree.hpp"
#include "update/apt_text.hpp"
#include "update/command.hpp"

namespace anju::update {
namespace {

namespace fs = std::filesystem;

constexpr std::array names{"anju-gateway", "anju-common", "anju-tools"};
constexpr std::string_view formats_field = "Anju-Store-Formats";
constexpr std::uint64_t spare_room = 64'000'000;  // for the gateway itself, which goes on writing

bool newer(const std::string& one, const std::string& than) {
    const auto ran = run_command({"dpkg", "--compare-versions", one, "gt", than});
    return ran && ran->status == 0;
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

/// What the signed index has of them; empty when it has nothing of this version.
result<std::vector<Sum>> index_of(const fs::path& source, const std::string& version,
                                  const std::vector<std::string>& packages) {
    auto argv = with(apt("apt-cache", source), {"show"});
    for (const std::string& package : packages) argv.push_back(package + "=" + version);
    const auto said = run_command(argv);
    if (!said) return said.error();
    auto sums = sums_in(said->output, version, packages);
    if (!sums.empty() && sums.size() != packages.size()) {
        return Error{"the source does not say one sum for each package of it", version,
                     "tell whoever keeps the repository"};
    }
    return result<std::vector<Sum>>{boost::system::in_place_value, std::move(sums)};
}

/// The packages in `folder`, by their own bytes, against the index.
result<void> compare(const std::vector<Sum>& indexed, const fs::path& folder,
                     const std::string& version) {
    const std::vector<std::string> files = files_of(folder);
    if (files.empty()) return Error{"there are no packages of it", folder.string(), ""};
    const auto said = hear(with({"sha256sum"}, files), folder);
    if (!said) return said.error();
    std::vector<Sum> found;
    for (std::size_t from = 0; from < said->size();) {
        const std::size_t to = std::min(said->find('\n', from), said->size());
        if (to - from > 66) {
            Sum& sum = found.emplace_back();
            sum.sha256 = said->substr(from, 64);
            sum.name = said->substr(from + 66, to - from - 66);
            std::error_code failed;
            sum.size = fs::file_size(folder / sum.name, failed);
        }
        from = to + 1;
    }
    const std::string other = differs(indexed, found);
    if (other.empty()) return {};
    return Error{other + " is not what the signed source names", folder.string(),
                 "version " + version + " is fetched again; if this comes back, look at the disk"};
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
    for (const std::string& paragraph : paragraphs_of(ran->output)) {
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
    const auto sums = provision::Tree(folder).read("/SHA256SUMS");
    if (!sums) return sums.error();
    if (!*sums) return Error{"there are no packages of it", folder.string(), ""};
    const auto checked =
        hear({"sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"}, folder);
    if (!checked) return checked.error();
    if (names_in_sums(**sums) != files_of(folder)) {
        return Error{"there are other packages than those that were fetched", folder.string(),
                     "remove this folder: they are fetched again"};
    }
    return {};
}

result<void> packages_match(const fs::path& source, const fs::path& folder,
                            const std::string& version, const std::vector<std::string>& packages) {
    if (auto good = packages_hold(folder); !good) return good;
    const auto indexed = index_of(source, version, packages);
    if (!indexed) return indexed.error();
    if (indexed->empty()) return {};
    return compare(*indexed, folder, version);
}

Put put_packages(const fs::path& folder, bool back) {
    if (const auto good = packages_hold(folder); !good) return {good.error().text(), false};
    // What a power cut left half configured would make apt refuse; if it cannot be mended, the
    // packages that are put over it may.
    static_cast<void>(run_command({"dpkg", "--force-confold", "--configure", "-a"}));
    const std::vector<std::string> files = files_of(folder);
    // The lock is waited for a minute: what was looked at before this, the alerts, is older by as
    // much, and one that is held for longer is another night's. Going back waits for it to the end.
    const std::string patience = back ? "DPkg::Lock::Timeout=600" : "DPkg::Lock::Timeout=60";
    const auto installed = run_command(
        with({"apt-get", "-q", "-y", "--no-install-recommends", "--no-remove", "--allow-downgrades",
              "--reinstall", "-o", "Dpkg::Options::=--force-confold", "-o", patience, "install"},
             files),
        folder);
    if (!installed) return {installed.error().text(), false};
    if (installed->status == 0) return {};
    const Put failed{failure_of("apt-get install", *installed, folder).text(),
                     own_scripts_failed(installed->output + "\n" + installed->errors)};
    if (!back) return failed;
    // Whatever apt does not like: the libraries were good for this version an hour ago.
    const auto forced =
        hear(with({"dpkg", "--force-confold", "--force-downgrade", "--install"}, files), folder);
    if (!forced) return {forced.error().text(), false};
    return {};
}

result<std::vector<Offer>> offers_beyond(const fs::path& source, const Installed& installed,
                                         const std::string& gateway_id) {
    auto argv = with(apt("apt-cache", source), {"show"});
    argv.insert(argv.end(), names.begin(), names.end());
    const auto said = run_command(argv);
    if (!said) return said.error();
    std::map<std::string, Offer> found;
    for (const std::string& paragraph : paragraphs_of(said->output)) {
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
    if (files_of(folder).size() == packages.size() &&
        packages_match(source, folder, version, packages)) {
        return {};
    }
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
    const auto indexed = index_of(source, version, packages);
    if (!indexed) return indexed.error();
    if (const auto same = compare(*indexed, made, version); !same) return same;
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
