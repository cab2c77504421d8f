#include "app/anjud/protection_flags.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

#include "base/log.hpp"

namespace anju {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds first_wait{1};
constexpr std::chrono::seconds longest_wait{300};
constexpr const char* since_file = "unprotected-since";

}  // namespace

fs::path ProtectionFlags::folder_of_service() {
    const char* const folder = std::getenv("RUNTIME_DIRECTORY");
    if (folder == nullptr) return {};
    const std::string all = folder;  // several are separated by colons
    return all.substr(0, all.find(':'));
}

std::string ProtectionFlags::text_of(const std::set<Unprotected>& reasons) {
    std::string out;
    for (const Unprotected one : reasons) out.append(out.empty() ? "" : " ").append(name(one));
    return out;
}

/// The one goes before the other comes: whoever waits for either never finds both. It comes with
/// its content: whoever finds it reads all of it.
bool ProtectionFlags::put(const char* name, const char* instead_of, const std::string& content) {
    std::error_code failed;
    if (*instead_of != '\0') fs::remove(folder_ / instead_of, failed);
    if (failed) return false;
    const fs::path part = folder_ / (std::string(".") + name);
    std::ofstream out(part, std::ios::trunc);
    out << content << '\n' << std::flush;
    if (!out) return false;
    out.close();
    fs::rename(part, folder_ / name, failed);
    return !failed;
}

/// A box does not sleep: its steady clock is its uptime.
bool ProtectionFlags::put_since(std::optional<SteadyTime> since) {
    std::error_code failed;
    if (!since) {
        fs::remove(folder_ / since_file, failed);
        return !failed;
    }
    const auto uptime = std::chrono::floor<std::chrono::seconds>(since->time_since_epoch());
    return put(since_file, "", std::to_string(uptime.count()));
}

std::optional<SteadyTime> ProtectionFlags::since(SteadyTime now) const {
    std::ifstream file(folder_ / since_file);
    std::int64_t uptime = -1;
    if (!(file >> uptime) || uptime < 0) return std::nullopt;
    // Not of this start of the machine.
    if (std::chrono::seconds{uptime} > now.time_since_epoch()) return std::nullopt;
    return SteadyTime{std::chrono::seconds{uptime}};
}

bool ProtectionFlags::put(const Said& said) {
    const bool well = said.reasons.empty();
    bool done = put(well ? "protected" : "not-protected", well ? "not-protected" : "protected",
                    said.reasons);
    if (said.aloud) {
        done &= put(*said.aloud ? "aloud" : "quiet", *said.aloud ? "quiet" : "aloud", said.reasons);
    }
    return put_since(said.since) && done;
}

bool ProtectionFlags::is_there(const Said& said) const {
    const auto there = [this](const char* name) {
        std::error_code unknown;
        return fs::exists(folder_ / name, unknown);
    };
    const bool well = said.reasons.empty();
    if (there("protected") != well || there("not-protected") == well) return false;
    if (said.aloud && (there("aloud") != *said.aloud || there("quiet") == *said.aloud))
        return false;
    return there(since_file) == said.since.has_value();
}

void ProtectionFlags::show(const Protection& protection, SteadyTime now) {
    if (folder_.empty()) return;
    Said said{text_of(protection.reasons()), protection.aloud(), protection.since()};
    if (!protection.looked()) {
        std::error_code unknown;
        if (fs::exists(folder_ / "aloud", unknown)) said.aloud.reset();
        if (!said.since) said.since = since(now).value_or(now);
    }
    if (shown_ == said && is_there(said)) return;
    if (wait_ > wait_.zero() && tried_ == said && now < again_) return;
    const bool failed_before = wait_ > wait_.zero();
    if (put(said)) {
        if (failed_before) log::info("protection_shown", {{"folder", folder_.string()}});
        wait_ = wait_.zero();
        shown_ = std::move(said);
        return;
    }
    ++failures_;
    if (!failed_before) {
        log::error("protection_unshown",
                   {{"folder", folder_.string()},
                    {"effect", "no lamp and no buzzer says how the box does"}});
    }
    wait_ = failed_before ? std::min(2 * wait_, longest_wait) : first_wait;
    again_ = now + wait_;
    shown_.reset();
    tried_ = std::move(said);
}

}  // namespace anju
