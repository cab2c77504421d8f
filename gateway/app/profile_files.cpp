#include "app/profile_files.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

namespace anju {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 1024 * 1024;

void read_profile(const fs::path& file, drivers::Profiles& profiles, std::vector<Error>& out) {
    std::error_code failed;
    const std::uintmax_t size = fs::file_size(file, failed);
    std::ifstream in(file, std::ios::binary);
    if (failed || !in) {
        out.push_back({"cannot read the profile", file.string(), "let the gateway's user read it"});
        return;
    }
    if (size > largest_file) {
        out.push_back({"the profile is larger than 1 MiB", file.string(), "split it"});
        return;
    }
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    for (drivers::ProfileError& error : profiles.add(text, file.string())) {
        out.push_back({std::move(error.what), std::move(error.where), std::move(error.remedy)});
    }
}

}  // namespace

std::vector<Error> read_profiles(const fs::path& folder, drivers::Profiles& profiles) {
    std::vector<Error> out;
    std::error_code failed;
    if (!fs::exists(folder, failed)) return out;
    std::vector<fs::path> files;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end;
         it.increment(failed)) {
        if (it->path().extension() == ".toml") files.push_back(it->path());
    }
    if (failed) {
        out.push_back({"cannot read the folder of profiles: " + failed.message(), folder.string(),
                       "let the gateway's user read it"});
    }
    std::ranges::sort(files);
    for (const fs::path& file : files) read_profile(file, profiles, out);
    return out;
}

}  // namespace anju
