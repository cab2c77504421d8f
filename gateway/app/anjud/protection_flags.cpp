#include "app/anjud/protection_flags.hpp"

#include <cstdlib>
#include <fstream>
#include <system_error>

#include "base/log.hpp"

namespace anju {

namespace fs = std::filesystem;

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

void ProtectionFlags::write(const char* name, const std::string& content) {
    const fs::path file = folder_ / name;
    std::ofstream(file) << content << '\n';
    std::error_code none;
    if (fs::exists(file, none) || complained_) return;
    complained_ = true;
    log::error("protection_unshown", {{"folder", folder_.string()}});
}

void ProtectionFlags::show(const std::string& reasons, bool aloud) {
    if (folder_.empty()) return;
    std::error_code none;
    if (shown_ != reasons) {
        // The one goes before the other comes: whoever waits for either never finds both.
        fs::remove(folder_ / (reasons.empty() ? "not-protected" : "protected"), none);
        write(reasons.empty() ? "protected" : "not-protected", reasons);
        shown_ = reasons;
    }
    if (aloud == aloud_) return;
    aloud_ = aloud;
    if (aloud) return write("aloud", reasons);
    fs::remove(folder_ / "aloud", none);
}

void ProtectionFlags::show(const Protection& protection) {
    show(text_of(protection.reasons()), protection.aloud());
}

}  // namespace anju
