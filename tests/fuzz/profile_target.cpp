// Any text as a profile file: it is refused with places and remedies, or it can be used.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <boost/json/parse.hpp>
#include "drivers/profile/profiles.hpp"

#include "fuzz/harness.hpp"

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
    std::vector<std::string> inputs;
    const std::filesystem::path folder(ANJU_SOURCE_DIR "/drivers/profile/builtin");
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        inputs.push_back(text.str());
    }
    anju::fuzz::write_seeds_if_asked(*argc, *argv, inputs);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 64 * 1024) return 0;
    anju::drivers::Profiles profiles;
    const std::size_t before = profiles.all().size();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto mistakes = profiles.add(text, "fuzz.toml");
    for (const auto& mistake : mistakes) {
        if (mistake.where.empty() || mistake.what.empty()) std::abort();
    }
    const auto all = profiles.all();
    if (!mistakes.empty() && all.size() != before) std::abort();
    const std::uint8_t bytes[] = {0x03, 0x00, 0x01, 0x01, 0x75, 0x64, 0xFF, 0xFF};
    const auto fields = boost::json::parse(R"({"a":1,"b":{"c":"on"},"d":[1,2,{"e":null}]})");
    for (const auto* profile : all) {
        (void)anju::drivers::read_bytes(*profile, bytes, 85);
        (void)anju::drivers::read_fields(*profile, fields);
    }
    return 0;
}
