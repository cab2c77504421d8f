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
    fs::remove(folder_ / instead_of, failed);
    if (failed) return false;
    const fs::path part = folder_ / (std::string(".") + name);
    std::ofstream out(part, std::ios::trunc);
    out << content << '\n' << std::flush;
    if (!out) return false;
    out.close();
    fs::rename(part, folder_ / name, failed);
    return !failed;
}

bool ProtectionFlags::put(const Said& said) {
    const bool well = said.reasons.empty();
    const bool shown = put(well ? "protected" : "not-protected",
                           well ? "not-protected" : "protected", said.reasons);
    const bool heard =
        put(said.aloud ? "aloud" : "quiet", said.aloud ? "quiet" : "aloud", said.reasons);
    return shown && heard;
}

void ProtectionFlags::show(const Protection& protection, SteadyTime now) {
    if (folder_.empty()) return;
    Said said{text_of(protection.reasons()), protection.aloud()};
    if (shown_ == said) return;
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
